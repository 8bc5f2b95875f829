"""The files of the page."""

from __future__ import annotations

import pytest

from pellucid import ConfigError
from pellucid.web import static
from serving import client_of


@pytest.fixture
def page(tmp_path, monkeypatch):
    home = tmp_path / "static"
    (home / "assets").mkdir(parents=True)
    (home / "index.html").write_text("<p>page")
    (home / "assets" / "index-1a2b.js").write_text("1")
    (tmp_path / "secret").write_text("secret")
    monkeypatch.setattr(static, "FOLDER", home)
    return home


def test_the_page_and_its_files(page, tmp_path):
    client = client_of(tmp_path)
    answer = client.get("/")
    assert (answer.text, answer.headers["cache-control"]) == ("<p>page", "no-cache")
    assert answer.headers["content-type"].startswith("text/html")
    answer = client.get("/assets/index-1a2b.js")
    assert "javascript" in answer.headers["content-type"]
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "path", ["/none", "/..%2Fsecret", "/%2e%2e/secret", "/assets/..%2f..%2fsecret", "/%00", "/assets", "/" + "a" * 300]
)
def test_nothing_outside_is_sent(page, tmp_path, path):
    answer = client_of(tmp_path).get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_a_link_that_leads_outside_is_not_followed(page, tmp_path):
    (page / "link").symlink_to(tmp_path / "secret")
    assert client_of(tmp_path).get("/link").status_code == 404


def test_a_page_that_was_not_built_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(static, "FOLDER", tmp_path)
    with pytest.raises(ConfigError, match="was not built"):
        static.require_page()
    assert "was not built" in client_of(tmp_path).get("/").json()["error"]
