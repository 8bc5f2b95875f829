"""Transposed convolution: every number of x adds the kernel, times itself, to y."""

from __future__ import annotations

from pellucid.layers.convolution.convolution import Convolution
from pellucid.layers.convolution.correlation import Correlation
from pellucid.layers.windows import Windows, place_transposed
from pellucid.types import Array, HasShape


class ConvTranspose(Convolution):
    """The adjoint of a convolution from K channels to C filters, and b: ``<convolution(y), x> = <y, transpose(x)>``.

    A window on y stands for each number of x; there the kernel, times this number, is put, and what overlaps adds up.
    (It is often called deconvolution, but does not undo one.)
    Gradients: with the sums of that convolution, ``dx`` is its forward on dy, and ``dW`` its gradient with dy as what
    goes in and x as what comes back; ``db = sum dy``.
    """

    def _windows(self, x: HasShape) -> Windows:
        return place_transposed(self, self.axes, x, self.kernel, self.stride, self.dilation, self.padding)

    def _ends(self, channels: int) -> tuple[int, int]:
        return self.filters // self.groups, channels

    def _apply(self, sums: Correlation, x: Array, W: Array) -> Array:
        return sums.by_input(x, W)

    def _gradients(self, sums: Correlation, x: Array, W: Array, dy: Array) -> tuple[Array, Array]:
        return sums.by_kernel(dy, x, W), sums.forward(dy, W)


class ConvTranspose1D(ConvTranspose):
    """``y[stride t + dilation i, k] += x[t, c] W[i, k, c]`` over all t, i, c, from ``y = b``: see ConvTranspose.

    Shapes: x (B, T, C); W (kernel, K / groups, C); b (K,); y (B, N, K) with ``N = (T - 1) stride + dilation (kernel -
    1) + 1``, less the padding ``((before, after),)``, which is cut off; "same" means ``N = T stride``, and cuts as
    Conv1D pads. (A kernel shorter than its stride leaves gaps, where y is b.)
    Hyper-parameters, and what is raised, as in Conv1D; ShapeError also where the padding leaves nothing of y.
    Source: Dumoulin and Visin 2016, "A guide to convolution arithmetic for deep learning", chapter 4.
    """

    axes = 1


class ConvTranspose2D(ConvTranspose):
    """``y[s n + d i, s m + d j, k] += x[n, m, c] W[i, j, k, c]`` over all n, m, i, j, c, from ``y = b``.

    s is the stride, d the dilation: see ConvTranspose.
    Shapes: x (B, H, W, C); W (kh, kw, K / groups, C); b (K,); y (B, N, M, K) with ``N = (H - 1) s + d (kh - 1) + 1``,
    less the padding ``((top, bottom), (left, right))``, which is cut off, and M likewise; "same" means ``N = H s``, and
    cuts as Conv2D pads. (A kernel smaller than its stride leaves gaps, where y is b.)
    Hyper-parameters, and what is raised, as in Conv2D; ShapeError also where the padding leaves nothing of y.
    Source: Dumoulin and Visin 2016, "A guide to convolution arithmetic for deep learning", chapter 4.
    """

    axes = 2
