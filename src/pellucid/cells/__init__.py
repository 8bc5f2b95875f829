"""The cells: one time step of a recurrent layer, a file each."""

from pellucid.cells.gru import GRU
from pellucid.cells.lstm import LSTM
from pellucid.cells.simple_rnn import SimpleRNN

__all__ = ["GRU", "LSTM", "SimpleRNN"]
