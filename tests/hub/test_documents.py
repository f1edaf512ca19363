"""Papers that go out through the hub."""

from __future__ import annotations

import hashlib

from tests.hub.conftest import ServedHub, case_row, seed

PDF = b"%PDF-1.4 a paper"
TO = "/api/documents?kind=case_file&name=paper.pdf"


def send(served: ServedHub, query: str = TO, body: bytes = PDF) -> tuple[int, dict[str, object]]:
    answer = served.session.post(served.url + query, data=body, timeout=10)
    return answer.status_code, answer.json()


def test_a_paper_of_a_case_stays_with_it_as_it_was_sent(served: ServedHub) -> None:
    served.call(seed(served.hub, case_row()))
    status, media = send(served, f"{TO}&case=C20261122-0001")
    assert status == 200
    assert media["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert served.get(f"/api/media/{media['id']}").content == PDF
    history = served.get("/api/cases/C20261122-0001").json()["history"]
    assert history[-1]["note"] == "document_issued"
    audit = served.get("/api/audit").json()["entries"]
    issued = [entry for entry in audit if entry["action"] == "document.issue"]
    assert issued[0]["detail"]["sha256"] == media["sha256"]


def test_what_is_no_pdf_is_refused_by_name(served: ServedHub) -> None:
    status, problem = send(served, body=b"<html>")
    assert (status, problem["field"]) == (422, "body")


def test_a_paper_of_an_unknown_case_is_refused(served: ServedHub) -> None:
    status, problem = send(served, f"{TO}&case=C20261122-9999")
    assert (status, problem["code"]) == (404, "unknown_case")


def test_a_paper_without_a_case_is_kept_too(served: ServedHub) -> None:
    status, media = send(served, "/api/documents?kind=bulletin&name=b.pdf")
    assert (status, media["case"]) == (200, None)
