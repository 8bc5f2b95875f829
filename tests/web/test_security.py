"""No page of another site reads or steers a run, and nobody without the token."""

from __future__ import annotations

import pytest
from starlette.websockets import WebSocketDisconnect

from pellucid.web.security import Access, is_loopback
from serving import BASE, client_of, listening
from synthetic_runs import write_run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs")
    write_run(folder / "a")
    return folder


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8420", "127.0.0.1.evil.example", "a@127.0.0.1", "", "[::1", "127.0.0.1:x"]
)
def test_a_name_that_is_not_ours_is_refused(folder, host):
    assert client_of(folder).get("/api/runs", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8420", "127.0.0.1", "[::1]:9", "LOCALHOST"])
def test_every_name_of_this_machine_alone_is_ours(folder, host):
    assert client_of(folder).get("/api/runs", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "foreign",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://localhost:8420"},
        {"origin": "ftp://127.0.0.1:8420"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_foreign_page_neither_reads_nor_steers(folder, foreign):
    client = client_of(folder)
    assert client.get("/api/runs", headers=foreign).status_code == 403
    assert (
        client.post("/api/runs/a/control", json={"command": "note", "value": "x"}, headers=foreign).status_code == 403
    )
    assert "x" not in (folder / "a" / "events.jsonl").read_text()
    if "origin" in foreign:
        with pytest.raises(WebSocketDisconnect), listening(client, **foreign):
            pass


def test_our_own_page_does(folder):
    own = {"origin": BASE, "sec-fetch-site": "same-origin"}
    assert client_of(folder).get("/api/runs", headers=own).status_code == 200
    with listening(client_of(folder), origin=BASE):
        pass


def test_a_form_of_another_site_cannot_steer(folder):
    data = '{"command": "tag", "value": "evil"}'
    answer = client_of(folder).post("/api/runs/a/control", content=data, headers={"content-type": "text/plain"})
    assert answer.status_code == 415


def test_elsewhere_a_token_is_needed(folder):
    access = Access("0.0.0.0", "sesame")
    client = client_of(folder, access)
    assert client.get("/api/runs").status_code == 401
    assert client.get("/api/runs?token=sesam").status_code == 401
    assert client.get("/api/runs?token=").status_code == 401
    with pytest.raises(WebSocketDisconnect), listening(client):
        pass
    assert client.get("/api/runs", headers={"cookie": "pellucid_8420=sesame2"}).status_code == 401
    answer = client.get("/?token=sesame&x=1", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?x=1")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert client.get("/api/runs").status_code == 200  # by the cookie
    with listening(client):
        pass


def test_a_token_in_the_address_never_redirects_elsewhere(folder):
    client = client_of(folder, Access("0.0.0.0", "sesame"))
    answer = client.get(BASE + "//evil.example/?token=sesame", follow_redirects=False)
    assert answer.headers["location"] == "/evil.example/"


def test_elsewhere_names_are_ours_only_if_they_are_addresses_or_this_machines():
    access = Access("0.0.0.0", "t")
    assert access.knows_host("192.168.1.5:8420")
    assert access.knows_host("localhost:8420")
    assert not access.knows_host("evil.example:8420")
    assert Access("pc.local", "t").knows_host("pc.local:1")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("pc")
    assert is_loopback("127.8.8.8")


def test_every_answer_has_headers_that_bind_it(folder):
    for path in ("/api/runs", "/api/none", "/nothing"):
        headers = client_of(folder).get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"


def test_a_report_is_shown_in_a_box_of_its_own(folder):
    (folder / "a" / "report.html").write_text("<script>1</script>")
    answer = client_of(folder).get("/runs/a/report.html")
    assert answer.text == "<script>1</script>"
    assert answer.headers["content-security-policy"].startswith("sandbox allow-scripts")
    assert "allow-same-origin" not in answer.headers["content-security-policy"]
    (folder / "a" / "report.html").unlink()
    (folder / "a" / "report.html").symlink_to("/etc/passwd")
    assert client_of(folder).get("/runs/a/report.html").status_code == 404
    (folder / "a" / "report.html").unlink()


def test_nothing_is_read_or_written_through_a_link_out_of_the_run(tmp_path):
    outside = tmp_path / "outside"
    outside.write_text('{"epoch": 77}\n')
    run = write_run(tmp_path / "runs" / "a")
    client = client_of(tmp_path / "runs")
    assert client.get("/api/runs/a").json()["epochs"] == 3
    for name in ("metrics.jsonl", "events.jsonl", "weights.safetensors", "control.jsonl"):
        (run / name).unlink(missing_ok=True)
        (run / name).symlink_to(outside)
    note = {"command": "note", "value": "x"}
    assert client.post("/api/runs/a/control", json=note).status_code in (409, 503)
    assert outside.read_text() == '{"epoch": 77}\n'
    assert "77" not in client.get("/api/runs/a").text
    assert not client.get("/api/runs/a/tables/epochs").content.count(b'"rows":1')
    assert client.get("/api/runs/a/weights?path=dense_1/W").status_code == 404


def test_a_request_with_two_origins_is_refused(folder):
    two = [("origin", "http://evil.example"), ("origin", BASE)]
    assert client_of(folder).get("/api/runs", headers=two).status_code == 400
