from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pellucid.data.files.fetch import cache_folder, fetch
from pellucid.errors import DataError, describe

CONTENT = b"numbers"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def own_cache(tmp_path, monkeypatch) -> Path:
    monkeypatch.delenv("PELLUCID_DATA", raising=False)
    monkeypatch.setattr("pooch.os_cache", lambda project: tmp_path / "cache" / project)
    return tmp_path / "cache" / "pellucid" / "toy"


def test_a_folder_of_ones_own_comes_first(tmp_path, monkeypatch, own_cache):
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "f.gz").write_bytes(b"mine")
    monkeypatch.setenv("PELLUCID_DATA", str(tmp_path))
    assert fetch("toy", "f.gz", "http://127.0.0.1:9", SHA256) == tmp_path / "toy" / "f.gz"


def test_the_cache_comes_next_and_is_checked(own_cache):
    own_cache.mkdir(parents=True)
    (own_cache / "f.gz").write_bytes(CONTENT)
    assert cache_folder("toy") == own_cache
    assert fetch("toy", "f.gz", "http://127.0.0.1:9", SHA256) == own_cache / "f.gz"
    (own_cache / "f.gz").write_bytes(b"spoiled")
    with pytest.raises(DataError, match="toy cannot be fetched"):
        fetch("toy", "f.gz", "http://127.0.0.1:9", SHA256)


def test_no_net_gives_one_line_and_leaves_nothing(tmp_path, monkeypatch, own_cache):
    monkeypatch.setenv("PELLUCID_DATA", str(tmp_path))  # set, but the file is not in it
    with pytest.raises(DataError) as caught:
        fetch("toy", "f.gz", "http://127.0.0.1:9", SHA256)
    message = describe(caught.value)
    assert message.startswith("toy cannot be fetched (")
    assert message.endswith("connect to the net, or set PELLUCID_DATA to a folder with toy/f.gz")
    assert not list(own_cache.glob("*"))


def test_what_comes_with_another_checksum_is_refused(tmp_path, own_cache):
    import http.server
    import threading

    (tmp_path / "f.gz").write_bytes(b"another")

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args, **options):
            super().__init__(*args, directory=str(tmp_path), **options)

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        with pytest.raises(DataError, match="toy cannot be fetched"):
            fetch("toy", "f.gz", url, SHA256)
        assert not list(own_cache.glob("*"))
        (tmp_path / "f.gz").write_bytes(CONTENT)
        assert fetch("toy", "f.gz", url, SHA256).read_bytes() == CONTENT
        server.shutdown()
