"""What assistants are told: by the tools themselves, and by the server in a process of its own."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from kg.errors import QueryError
from kg.graph.store import Build
from kg.serving import hold
from kg.site.assistants.server import server
from kg.site.assistants.tools import Tools
from kg.site.model import Holding, Settings

NO_SENTENCE = {"entries-of-the-legal-record", "legal-record-of-a-material", "materials-of-a-group"}
"""Questions whose rows rest on legal acts or on the concepts, and not on articles alone."""


@pytest.fixture(scope="module")
def holding(bundled_build: Build) -> Holding:
    return hold(bundled_build.path)


@pytest.fixture(scope="module")
def tools(holding: Holding) -> Tools:
    return Tools(holding)


def whole(tools: Tools, name: str) -> dict[str, str] | None:
    """Give parameters that a question can be asked with: its own examples, else none."""
    told = next(each for each in tools.questions() if each.name == name)
    lacking = [each for each in told.parameters if each.required and each.default is None]
    known = {"state": "Japan", "material": "gallium", "first": "Japan", "second": "South Korea"}
    if any(each.name not in known for each in lacking):
        return None
    return {each.name: known[each.name] for each in lacking}


def test_every_row_of_every_question_has_its_source_and_its_quotation(tools: Tools) -> None:
    asked = 0
    for told in tools.questions():
        parameters = whole(tools, told.name)
        if parameters is None or told.name in NO_SENTENCE:
            continue
        for row in tools.ask(told.name, parameters, 10).rows:
            asked += 1
            assert row.sources, (told.name, row.values)
            for source in row.sources:
                assert source.quote or source.address, (told.name, row.values)
    assert asked > 100


def test_a_row_that_quotes_is_backed_by_that_very_sentence(tools: Tools) -> None:
    rows = tools.ask("attendees-of-a-meeting").rows
    assert rows
    for row in rows:
        assert {source.quote for source in row.sources} == {row.values["quote"]}
        assert {source.place for source in row.sources} == {row.values["where"]}


def test_an_entry_of_the_legal_record_rests_on_its_act(tools: Tools) -> None:
    for row in tools.ask("entries-of-the-legal-record").rows:
        assert all(source.quote is None for source in row.sources)
        assert any(source.publisher or source.address for source in row.sources)


def test_a_thing_is_found_described_and_proved(tools: Tools) -> None:
    meeting = next(each for each in tools.find("meeting", "meeting"))
    described = tools.describe(meeting.iri)
    assert described.label == meeting.label
    parties = [each for each in described.statements if each.property == "cmq:party"]
    assert parties
    assert all(each.sources and each.independent_sources for each in parties)
    assert {each.iri for each in tools.evidence(meeting.iri)}
    assert tools.describe(described.label) == described
    assert tools.describe(meeting.iri.partition("/communique/")[2]) == described
    assert tools.describe("state/JP").iri.endswith("/id/state/JP")
    assert tools.describe("concept/modality/agreed").iri.endswith("/concept/modality/agreed")


def test_disputed_statements_say_why(tools: Tools) -> None:
    subjects = {row.things for row in tools.ask("disagreements-between-sources").rows}
    told = [tools.describe(thing) for things in subjects for thing in things if "/id/" in thing]
    assert any(each.disputed for one in told for each in one.statements)


@pytest.mark.parametrize("thing", ["nobody at all", "x> } ; DROP ALL", "http://[", "cmq:No such"])
def test_what_is_not_known_is_an_error_that_says_what_to_do(tools: Tools, thing: str) -> None:
    with pytest.raises(QueryError, match="`find` gives IRIs"):
        tools.describe(thing)


def test_an_unknown_question_is_an_error_that_says_what_to_do(tools: Tools) -> None:
    with pytest.raises(QueryError, match="`questions` lists them"):
        tools.ask("attendees")


def test_quotations_that_are_kept_back_stay_back(holding: Holding) -> None:
    quiet = Tools(replace(holding, settings=Settings(quotes=False)))
    for row in quiet.ask("commitments-of-a-state", {"state": "Japan"}).rows:
        assert all(source.quote is None and source.title is None for source in row.sources)


async def _talk(target: Any) -> dict[str, Any]:
    async with Client(target) as client:
        tools = (await client.list_tools()).tools
        asked = {"question": "attendees-of-a-meeting", "limit": 3}
        answer = await client.call_tool("ask", asked)
        wrong = await client.call_tool("ask", {"question": "none such"})
        return {"tools": tools, "answer": answer.structured_content, "wrong": wrong}


def test_the_server_offers_its_tools_in_process(holding: Holding) -> None:
    told = asyncio.run(_talk(server(holding)))
    assert [each.name for each in told["tools"]] == [
        "questions", "ask", "find", "describe", "evidence",
    ]  # fmt: skip
    assert all(each.annotations.read_only_hint for each in told["tools"])
    assert len(told["answer"]["rows"]) == 3
    assert told["answer"]["truncated"]
    assert told["wrong"].is_error
    assert "`questions` lists them" in told["wrong"].content[0].text


def test_the_command_speaks_the_protocol(bundled_build: Build, holding: Holding) -> None:
    command = ["-m", "kg", "mcp", str(bundled_build.path)]
    over = StdioServerParameters(command=sys.executable, args=command)
    assert asyncio.run(_talk(over))["answer"] == asyncio.run(_talk(server(holding)))["answer"]
