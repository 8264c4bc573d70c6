"""The trained part speaks only where the rules are silent, and only of what stands in the text."""

from __future__ import annotations

from kg.claims.draft import Draft
from kg.claims.engine import Engine
from kg.claims.extract import READERS, claims_of, drafted
from kg.claims.learned import proposals
from kg.claims.learned.weights import weights
from kg.claims.model import Claim
from kg.claims.reading import Reading, read
from kg.provenance import EXTRACTOR, LEARNED
from kg.terms import MODALITIES, ROLES
from tests.claims.reading_of import article

TEXT = (
    "Peru and Chile will build a joint tin smelter near Arica by 2027.\n"
    "The mines minister of Peru, Ana Quispe, told reporters that the plant comes late.\n"
    "From 1 March 2025 tin ore leaves Peru only with a stamp of the customs service.\n"
    "Four fifths of the tin that Bolivia buys come from Peru.\n"
    "Delegations of both countries sat together in Tacna on Tuesday.\n"
    "Lima is uneasy about cheap tin from abroad.\n"
)


def of_rules(reading: Reading) -> list[Draft]:
    return [draft for reader in READERS for draft in reader(reading)]


def proposed(engine: Engine, text: str = TEXT) -> list[Claim]:
    claims = claims_of(article(text), engine)
    return [claim for claim in claims if claim.extractor == str(LEARNED)]


def test_without_rules_the_trained_part_finds_claims_of_several_kinds(engine: Engine) -> None:
    reading = read(article(TEXT), engine)
    kinds = {draft.kind for draft in proposals.claims_in(reading, [], weights())}
    assert {"commitment", "utterance"} <= kinds


def test_it_leaves_sentences_and_kinds_alone_that_the_rules_read(engine: Engine) -> None:
    reading = read(article(TEXT), engine)
    rules = of_rules(reading)
    told = {(draft.sentence.index, draft.kind) for draft in rules}
    assert told
    for draft in proposals.claims_in(reading, rules, weights()):
        assert (draft.sentence.index, draft.kind) not in told


def test_every_claim_of_the_rules_stays_as_it_is(engine: Engine) -> None:
    plain = list(claims_of(article(TEXT), engine, learned=False))
    both = list(claims_of(article(TEXT), engine))
    assert plain == [claim for claim in both if claim.extractor == str(EXTRACTOR)]


def test_the_rules_alone_carry_only_their_own_mark(engine: Engine) -> None:
    claims = list(claims_of(article(TEXT), engine, learned=False))
    assert claims
    assert {claim.extractor for claim in claims} == {str(EXTRACTOR)}


def test_wordings_of_proposals_stand_in_their_quotes(engine: Engine) -> None:
    reading = read(article(TEXT), engine)
    text = reading.article.text
    drafts = list(proposals.claims_in(reading, [], weights()))
    fillers = [(d, f) for d in drafts for each in d.roles.values() for f in each if f.text]
    assert fillers
    for draft, filler in fillers:
        if filler.start is not None and filler.end is not None:
            start, end = draft.span
            assert start <= filler.start < filler.end <= end
            assert text[filler.start : filler.end] == filler.text


def test_proposals_keep_to_the_roles_and_values_of_their_kind(engine: Engine) -> None:
    reading = read(article(TEXT), engine)
    drafts = list(proposals.claims_in(reading, [], weights()))
    assert drafts
    for draft in drafts:
        assert set(draft.roles) <= set(ROLES[draft.kind])
        assert draft.modality is None or draft.modality in MODALITIES
        assert draft.kind == "commitment" or draft.modality is None
        assert proposals.BELIEVE <= draft.confidence <= 1


def test_an_article_in_which_the_rules_find_little_gets_fewer_proposals(engine: Engine) -> None:
    other = "The band played on, and the hall was full.\n"
    plain, within = read(article(TEXT), engine), read(article(TEXT + other * 8), engine)
    alone = list(proposals.claims_in(plain, [], weights()))
    assert len(list(proposals.claims_in(within, [], weights()))) < len(alone)


def test_a_role_with_one_filler_gets_one(engine: Engine) -> None:
    reading = read(article(TEXT + "On 2 May and on 9 May 2025 they meet in Cuzco."), engine)
    for draft in proposals.claims_in(reading, [], weights()):
        assert all(len(draft.roles.get(role, ())) <= 1 for role in proposals.SINGLE)


def test_words_that_tell_nothing_give_no_proposal(engine: Engine) -> None:
    text = "The bakery on the corner sells bread.\nIt rained, and the children stayed at home.\n"
    assert proposed(engine, text) == []


def test_reading_again_gives_the_same_claims(engine: Engine) -> None:
    assert list(claims_of(article(TEXT), engine)) == list(claims_of(article(TEXT), engine))


def test_explaining_names_the_same_claims(engine: Engine) -> None:
    made = [claim for claim, _ in drafted(read(article(TEXT), engine))]
    assert made == list(claims_of(article(TEXT), engine))
