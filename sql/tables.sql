-- Generated from the contracts by `make docs`; do not edit. The schema of the published store (marts aside).

CREATE SCHEMA raw;
CREATE SCHEMA clean;
CREATE SCHEMA facts;
CREATE SCHEMA ref;

CREATE TABLE raw.drops (
    "drop_id" VARCHAR NOT NULL,
    "drop_seq" BIGINT NOT NULL,
    "path" VARCHAR NOT NULL,
    "first_ingested_at" TIMESTAMP NOT NULL,
    "field_map" VARCHAR
);
COMMENT ON TABLE raw.drops IS 'A delivery unit: one entry of the inbox, or one path given to ``newsledger run``.';
COMMENT ON COLUMN raw.drops."drop_id" IS 'Name of the path and a digest of its whole address';
COMMENT ON COLUMN raw.drops."drop_seq" IS 'Order of first arrival; never changes';
COMMENT ON COLUMN raw.drops."path" IS 'Where it was read from';
COMMENT ON COLUMN raw.drops."first_ingested_at" IS 'When it first arrived, UTC';
COMMENT ON COLUMN raw.drops."field_map" IS 'Fields of its records that are ours under another name, as JSON; kept so that a rerun reads alike';

CREATE TABLE raw.deliveries (
    "capture_id" VARCHAR NOT NULL,
    "drop_id" VARCHAR NOT NULL,
    "uri" VARCHAR NOT NULL,
    "captured_at" TIMESTAMP,
    "ingested_at" TIMESTAMP NOT NULL
);
COMMENT ON TABLE raw.deliveries IS 'An arrival of a capture: the same bytes delivered twice are one capture with two rows here.';
COMMENT ON COLUMN raw.deliveries."capture_id" IS 'The document that arrived';
COMMENT ON COLUMN raw.deliveries."drop_id" IS 'The drop it came in';
COMMENT ON COLUMN raw.deliveries."uri" IS 'Path or address of the input; file#id for a record of a JSONL, Parquet or WARC file';
COMMENT ON COLUMN raw.deliveries."captured_at" IS 'When the outlet''s page was captured, UTC, where declared';
COMMENT ON COLUMN raw.deliveries."ingested_at" IS 'When this arrival was first read, UTC';

CREATE TABLE raw.captures (
    "capture_id" VARCHAR NOT NULL,
    "drop_id" VARCHAR NOT NULL,
    "uri" VARCHAR NOT NULL,
    "media_type" VARCHAR NOT NULL,
    "encoding" VARCHAR NOT NULL,
    "url" VARCHAR,
    "captured_at" TIMESTAMP,
    "size_bytes" BIGINT NOT NULL,
    "text" VARCHAR NOT NULL,
    "flattener" VARCHAR,
    "metadata" VARCHAR,
    "layout" STRUCT("xpath" VARCHAR, "marks" VARCHAR, "links" INTEGER)[]
);
COMMENT ON TABLE raw.captures IS 'A distinct document, decoded and otherwise as it came.';
COMMENT ON COLUMN raw.captures."capture_id" IS 'SHA-256 of the document''s bytes, or of its record as canonical JSON';
COMMENT ON COLUMN raw.captures."drop_id" IS 'The drop that first delivered it';
COMMENT ON COLUMN raw.captures."uri" IS 'Where it was first read from';
COMMENT ON COLUMN raw.captures."media_type" IS 'What the document is. One of: text/plain, text/html';
COMMENT ON COLUMN raw.captures."encoding" IS 'The character encoding it was read with';
COMMENT ON COLUMN raw.captures."url" IS 'The page''s address, where declared';
COMMENT ON COLUMN raw.captures."captured_at" IS 'When the page was captured, UTC, where declared';
COMMENT ON COLUMN raw.captures."size_bytes" IS 'Size of the document in bytes';
COMMENT ON COLUMN raw.captures."text" IS 'The decoded text as it came; for HTML the flattener''s output. All spans count its code points';
COMMENT ON COLUMN raw.captures."flattener" IS 'HTML only: name and version of the flattener that made the text';
COMMENT ON COLUMN raw.captures."metadata" IS 'Declared fields (title, date, outlet, id and others) as JSON; a page''s own evidence under ''page''';
COMMENT ON COLUMN raw.captures."layout" IS 'HTML only: where each line of the text stands in the page; lines behind the first 20,000 stand at its root';

CREATE TABLE raw.rejects (
    "drop_id" VARCHAR NOT NULL,
    "uri" VARCHAR NOT NULL,
    "reason" VARCHAR NOT NULL,
    "detail" VARCHAR NOT NULL,
    "size_bytes" BIGINT
);
COMMENT ON TABLE raw.rejects IS 'An input that could not be read, with the reason; everything beside it was read on.';
COMMENT ON COLUMN raw.rejects."drop_id" IS 'The drop it came in';
COMMENT ON COLUMN raw.rejects."uri" IS 'The file, or file#L<line> (JSONL) or file#R<record> (Parquet, WARC) for a part of it';
COMMENT ON COLUMN raw.rejects."reason" IS 'What was wrong, as a word; worker_died: reading it ended the process that did so, twice; skipped is not wrong: records of an archive that are no pages, counted. One of: empty, binary, undecodable, too_large, broken_record, damaged, no_text, unreadable, unknown_format, worker_died, skipped';
COMMENT ON COLUMN raw.rejects."detail" IS 'What was wrong, and the way out, as a sentence';
COMMENT ON COLUMN raw.rejects."size_bytes" IS 'Size of the input in bytes, where known';

CREATE TABLE clean.blocks (
    "capture_id" VARCHAR NOT NULL,
    "block_no" INTEGER NOT NULL,
    "span_start" BIGINT NOT NULL,
    "span_end" BIGINT NOT NULL,
    "kind" VARCHAR NOT NULL,
    "rule_id" VARCHAR NOT NULL,
    "confidence" DOUBLE NOT NULL,
    "xpath" VARCHAR
);
COMMENT ON TABLE clean.blocks IS 'A typed span. The blocks of a capture are disjoint, in order, and cover every non-blank character.';
COMMENT ON COLUMN clean.blocks."capture_id" IS 'The capture it is a part of';
COMMENT ON COLUMN clean.blocks."block_no" IS 'Order in the text, from 0';
COMMENT ON COLUMN clean.blocks."span_start" IS 'First code point in raw.captures.text';
COMMENT ON COLUMN clean.blocks."span_end" IS 'Code point behind the last';
COMMENT ON COLUMN clean.blocks."kind" IS 'What the piece is. One of: headline, deck, byline, dateline, section, metadata, credit, caption, crosshead, body, related, contributors, copyright, interface, separator, promo, comment, unknown';
COMMENT ON COLUMN clean.blocks."rule_id" IS 'The rule that decided (ref.rules)';
COMMENT ON COLUMN clean.blocks."confidence" IS 'How sure the rule is; what people would argue about is below .7';
COMMENT ON COLUMN clean.blocks."xpath" IS 'HTML only: the element it was read from';

CREATE TABLE clean.edits (
    "capture_id" VARCHAR NOT NULL,
    "edit_no" INTEGER NOT NULL,
    "span_start" BIGINT NOT NULL,
    "span_end" BIGINT NOT NULL,
    "replacement" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL,
    "rule_id" VARCHAR NOT NULL
);
COMMENT ON TABLE clean.edits IS 'A repair: these raw characters read as that. Applied together they make the clean text.';
COMMENT ON COLUMN clean.edits."capture_id" IS 'The capture that is repaired';
COMMENT ON COLUMN clean.edits."edit_no" IS 'Order in the text, from 0';
COMMENT ON COLUMN clean.edits."span_start" IS 'First code point in raw.captures.text';
COMMENT ON COLUMN clean.edits."span_end" IS 'Code point behind the last; never equal to span_start';
COMMENT ON COLUMN clean.edits."replacement" IS 'What the span reads as; empty where it is to be passed over';
COMMENT ON COLUMN clean.edits."kind" IS 'What was wrong. One of: mojibake, entity, markup, control';
COMMENT ON COLUMN clean.edits."rule_id" IS 'The rule that repaired (ref.rules)';

CREATE TABLE clean.articles (
    "capture_id" VARCHAR NOT NULL,
    "outlet_id" VARCHAR,
    "outlet_method" VARCHAR NOT NULL,
    "outlet_confidence" DOUBLE,
    "outlet_evidence" STRUCT("text" VARCHAR, "span_start" BIGINT, "span_end" BIGINT, "rule_id" VARCHAR),
    "agencies" VARCHAR[] NOT NULL,
    "agency_evidence" STRUCT("agency_id" VARCHAR, "span_start" BIGINT, "span_end" BIGINT, "rule_id" VARCHAR)[] NOT NULL,
    "headline" VARCHAR,
    "deck" VARCHAR,
    "section" VARCHAR,
    "authors" VARCHAR[] NOT NULL,
    "contributors" VARCHAR[] NOT NULL,
    "language" VARCHAR,
    "language_covered" BOOLEAN,
    "body" VARCHAR NOT NULL,
    "word_count" BIGINT NOT NULL,
    "published_on" DATE,
    "published_at" VARCHAR,
    "published_method" VARCHAR NOT NULL,
    "published_confidence" DOUBLE,
    "published_candidates" STRUCT("role" VARCHAR, "value" VARCHAR, "text" VARCHAR, "span_start" BIGINT, "span_end" BIGINT, "rule_id" VARCHAR, "confidence" DOUBLE)[] NOT NULL,
    "captured_at" TIMESTAMP,
    "publication_date" VARCHAR NOT NULL
);
COMMENT ON TABLE clean.articles IS 'An article, one per capture: its publication, outlet, credits and body.';
COMMENT ON COLUMN clean.articles."capture_id" IS 'The capture it was read from';
COMMENT ON COLUMN clean.articles."outlet_id" IS 'ref.outlets, else the stated name, else host:<site>; NULL if nothing tells';
COMMENT ON COLUMN clean.articles."outlet_method" IS 'How the outlet was found. One of: declared, url, house_phrase, byline, copyright, unknown';
COMMENT ON COLUMN clean.articles."outlet_confidence" IS 'How sure that is';
COMMENT ON COLUMN clean.articles."outlet_evidence" IS 'What told the outlet';
COMMENT ON COLUMN clean.articles."agencies" IS 'News organisations credited with the text (ref.agencies), not with a photo; sorted';
COMMENT ON COLUMN clean.articles."agency_evidence" IS 'Where each agency is credited';
COMMENT ON COLUMN clean.articles."headline" IS 'Title over the article, repaired';
COMMENT ON COLUMN clean.articles."deck" IS 'Summary under the headline';
COMMENT ON COLUMN clean.articles."section" IS 'Section of the outlet';
COMMENT ON COLUMN clean.articles."authors" IS 'Names in the byline, roles dropped, in order';
COMMENT ON COLUMN clean.articles."contributors" IS 'Names credited with reporting, writing or editing elsewhere';
COMMENT ON COLUMN clean.articles."language" IS 'BCP 47 tag of the body''s language; und-Cyrl and the like where only its script is told';
COMMENT ON COLUMN clean.articles."language_covered" IS 'Facts of all kinds are read; false: only what needs no grammar (ref.languages); NULL: read as English, for nothing tells';
COMMENT ON COLUMN clean.articles."body" IS 'Body and crosshead blocks, repaired, separated by a blank line';
COMMENT ON COLUMN clean.articles."word_count" IS 'Words in the body';
COMMENT ON COLUMN clean.articles."published_on" IS 'Day of publication; NULL rather than a guess';
COMMENT ON COLUMN clean.articles."published_at" IS 'ISO 8601 time of publication with its offset, where stated';
COMMENT ON COLUMN clean.articles."published_method" IS 'How the day was found. One of: declared, url, header_date, dateline, byline_date, caption_event, weekday_anchor, unknown';
COMMENT ON COLUMN clean.articles."published_confidence" IS 'How sure that is';
COMMENT ON COLUMN clean.articles."published_candidates" IS 'Every date that was weighed, strongest first';
COMMENT ON COLUMN clean.articles."captured_at" IS 'When the page was captured: declared, else stated in the text';
COMMENT ON COLUMN clean.articles."publication_date" IS 'Partition: published_on as YYYY-MM-DD, or undated';

CREATE TABLE clean.rejects (
    "capture_id" VARCHAR NOT NULL,
    "stage" VARCHAR NOT NULL,
    "reason" VARCHAR NOT NULL,
    "detail" VARCHAR NOT NULL
);
COMMENT ON TABLE clean.rejects IS 'A capture that ended the process which worked on it, twice. It is tried again when the code of the stage changes.';
COMMENT ON COLUMN clean.rejects."capture_id" IS 'The capture';
COMMENT ON COLUMN clean.rejects."stage" IS 'What was not done: clean (its text is one block of kind unknown), or facts/<kind> (it has none of them)';
COMMENT ON COLUMN clean.rejects."reason" IS 'What happened, as a word. One of: worker_died';
COMMENT ON COLUMN clean.rejects."detail" IS 'What happened, as a sentence';

CREATE TABLE clean.repeats (
    "drop_id" VARCHAR NOT NULL,
    "site" VARCHAR NOT NULL,
    "line" VARCHAR NOT NULL,
    "articles" BIGINT NOT NULL,
    "of_articles" BIGINT NOT NULL
);
COMMENT ON TABLE clean.repeats IS 'A line that stood in many articles of a site, or of a drop, when the captures of a drop were cleaned.';
COMMENT ON COLUMN clean.repeats."drop_id" IS 'The drop whose captures it was held against';
COMMENT ON COLUMN clean.repeats."site" IS 'Host of the captures'' addresses; empty where they have none: then only the drop itself was counted';
COMMENT ON COLUMN clean.repeats."line" IS 'The line, trimmed';
COMMENT ON COLUMN clean.repeats."articles" IS 'Different articles that held it, in this drop and those before';
COMMENT ON COLUMN clean.repeats."of_articles" IS 'Different articles that there were';

CREATE TABLE facts.quotes (
    "fact_id" VARCHAR NOT NULL,
    "capture_id" VARCHAR NOT NULL,
    "publication_date" VARCHAR NOT NULL,
    "block_no" INTEGER NOT NULL,
    "block_kind" VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    "span_start" BIGINT NOT NULL,
    "span_end" BIGINT NOT NULL,
    "rule_id" VARCHAR NOT NULL,
    "confidence" DOUBLE NOT NULL,
    "quote" VARCHAR NOT NULL,
    "quote_type" VARCHAR NOT NULL,
    "content_spans" STRUCT("start" BIGINT, "end" BIGINT)[] NOT NULL,
    "speaker" VARCHAR,
    "speaker_text" VARCHAR,
    "speaker_start" BIGINT,
    "speaker_end" BIGINT,
    "cue" VARCHAR,
    "cue_start" BIGINT,
    "cue_end" BIGINT,
    "via" VARCHAR[] NOT NULL
);
COMMENT ON TABLE facts.quotes IS 'A quotation or reported speech: the words, the speaker as named and as known, the cue, and through whom it reached the outlet.';
COMMENT ON COLUMN facts.quotes."fact_id" IS 'Identity: kind, first 16 digits of the capture, span; stable across reruns';
COMMENT ON COLUMN facts.quotes."capture_id" IS 'The capture it was read from';
COMMENT ON COLUMN facts.quotes."publication_date" IS 'Partition: the article''s date YYYY-MM-DD, or undated';
COMMENT ON COLUMN facts.quotes."block_no" IS 'The block of the capture that it stands in';
COMMENT ON COLUMN facts.quotes."block_kind" IS 'What kind of text it stands in. One of: body, headline, deck, crosshead, caption';
COMMENT ON COLUMN facts.quotes."text" IS 'The exact words, repaired';
COMMENT ON COLUMN facts.quotes."span_start" IS 'First code point in raw.captures.text';
COMMENT ON COLUMN facts.quotes."span_end" IS 'Code point behind the last';
COMMENT ON COLUMN facts.quotes."rule_id" IS 'The rule that decided (ref.rules)';
COMMENT ON COLUMN facts.quotes."confidence" IS 'How sure the rule is, 0 to 1; rules of a kind are comparable';
COMMENT ON COLUMN facts.quotes."quote" IS 'The quoted words, repaired, without the marks around them; of reported speech, its parts joined by …';
COMMENT ON COLUMN facts.quotes."quote_type" IS 'Whole statement in marks, in part, or reported. One of: direct, mixed, indirect';
COMMENT ON COLUMN facts.quotes."content_spans" IS 'Code points of the whole statement, words outside of the marks included';
COMMENT ON COLUMN facts.quotes."speaker" IS 'Who said it, by the fullest name in the article; NULL if nothing tells';
COMMENT ON COLUMN facts.quotes."speaker_text" IS 'The words that name the speaker, repaired';
COMMENT ON COLUMN facts.quotes."speaker_start" IS 'First code point of speaker_text in the raw text';
COMMENT ON COLUMN facts.quotes."speaker_end" IS 'Code point behind the last';
COMMENT ON COLUMN facts.quotes."cue" IS 'The verb or phrase of saying';
COMMENT ON COLUMN facts.quotes."cue_start" IS 'First code point of the cue in the raw text';
COMMENT ON COLUMN facts.quotes."cue_end" IS 'Code point behind the last';
COMMENT ON COLUMN facts.quotes."via" IS 'Chain of attribution, nearest first: ''RIA Novosti'' in ''according to RIA Novosti''';

CREATE TABLE facts.attributions (
    "fact_id" VARCHAR NOT NULL,
    "capture_id" VARCHAR NOT NULL,
    "publication_date" VARCHAR NOT NULL,
    "block_no" INTEGER NOT NULL,
    "block_kind" VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    "span_start" BIGINT NOT NULL,
    "span_end" BIGINT NOT NULL,
    "rule_id" VARCHAR NOT NULL,
    "confidence" DOUBLE NOT NULL,
    "source" VARCHAR,
    "source_text" VARCHAR,
    "source_start" BIGINT,
    "source_end" BIGINT,
    "cue" VARCHAR,
    "cue_start" BIGINT,
    "cue_end" BIGINT,
    "statement" VARCHAR NOT NULL,
    "statement_start" BIGINT NOT NULL,
    "statement_end" BIGINT NOT NULL,
    "statement_spans" STRUCT("start" BIGINT, "end" BIGINT)[] NOT NULL,
    "polarity" VARCHAR NOT NULL,
    "via" VARCHAR[] NOT NULL,
    "quote_ids" VARCHAR[] NOT NULL
);
COMMENT ON TABLE facts.attributions IS 'A statement and its source: who says, thinks, wants or asks what, in quotation marks or not.';
COMMENT ON COLUMN facts.attributions."fact_id" IS 'Identity: kind, first 16 digits of the capture, span; stable across reruns';
COMMENT ON COLUMN facts.attributions."capture_id" IS 'The capture it was read from';
COMMENT ON COLUMN facts.attributions."publication_date" IS 'Partition: the article''s date YYYY-MM-DD, or undated';
COMMENT ON COLUMN facts.attributions."block_no" IS 'The block of the capture that it stands in';
COMMENT ON COLUMN facts.attributions."block_kind" IS 'What kind of text it stands in. One of: body, headline, deck, crosshead, caption';
COMMENT ON COLUMN facts.attributions."text" IS 'The exact words, repaired';
COMMENT ON COLUMN facts.attributions."span_start" IS 'First code point in raw.captures.text';
COMMENT ON COLUMN facts.attributions."span_end" IS 'Code point behind the last';
COMMENT ON COLUMN facts.attributions."rule_id" IS 'The rule that decided (ref.rules)';
COMMENT ON COLUMN facts.attributions."confidence" IS 'How sure the rule is, 0 to 1; rules of a kind are comparable';
COMMENT ON COLUMN facts.attributions."source" IS 'Whose statement it is, by the fullest name in the article; NULL if nothing tells';
COMMENT ON COLUMN facts.attributions."source_text" IS 'The words that name the source, repaired';
COMMENT ON COLUMN facts.attributions."source_start" IS 'First code point of source_text in the raw text';
COMMENT ON COLUMN facts.attributions."source_end" IS 'Code point behind the last';
COMMENT ON COLUMN facts.attributions."cue" IS 'The word that attributes: said, claim, according to, :';
COMMENT ON COLUMN facts.attributions."cue_start" IS 'First code point of the cue in the raw text';
COMMENT ON COLUMN facts.attributions."cue_end" IS 'Code point behind the last';
COMMENT ON COLUMN facts.attributions."statement" IS 'The statement, repaired; its parts joined by …';
COMMENT ON COLUMN facts.attributions."statement_start" IS 'First code point of the statement in the raw text';
COMMENT ON COLUMN facts.attributions."statement_end" IS 'Code point behind the last; sources may stand in between';
COMMENT ON COLUMN facts.attributions."statement_spans" IS 'Code points of the parts of the statement';
COMMENT ON COLUMN facts.attributions."polarity" IS 'How the source stands to it: positive, negative (denies, rejects, does not say), doubtful, open (asks, seems), intended (wants, plans). One of: positive, negative, doubtful, open, intended';
COMMENT ON COLUMN facts.attributions."via" IS 'Chain of attribution, nearest first, as in facts.quotes';
COMMENT ON COLUMN facts.attributions."quote_ids" IS 'The quotations in it (facts.quotes)';

CREATE TABLE facts.quantities (
    "fact_id" VARCHAR NOT NULL,
    "capture_id" VARCHAR NOT NULL,
    "publication_date" VARCHAR NOT NULL,
    "block_no" INTEGER NOT NULL,
    "block_kind" VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    "span_start" BIGINT NOT NULL,
    "span_end" BIGINT NOT NULL,
    "rule_id" VARCHAR NOT NULL,
    "confidence" DOUBLE NOT NULL,
    "value_low" DOUBLE,
    "value_high" DOUBLE,
    "approximate" BOOLEAN NOT NULL,
    "unit" VARCHAR,
    "unit_name" VARCHAR,
    "unit_text" VARCHAR,
    "measure" VARCHAR NOT NULL,
    "object" VARCHAR,
    "also_low" DOUBLE,
    "also_high" DOUBLE,
    "also_unit" VARCHAR,
    "change" VARCHAR
);
COMMENT ON TABLE facts.quantities IS 'A measured value with its unit and what is measured.';
COMMENT ON COLUMN facts.quantities."fact_id" IS 'Identity: kind, first 16 digits of the capture, span; stable across reruns';
COMMENT ON COLUMN facts.quantities."capture_id" IS 'The capture it was read from';
COMMENT ON COLUMN facts.quantities."publication_date" IS 'Partition: the article''s date YYYY-MM-DD, or undated';
COMMENT ON COLUMN facts.quantities."block_no" IS 'The block of the capture that it stands in';
COMMENT ON COLUMN facts.quantities."block_kind" IS 'What kind of text it stands in. One of: body, headline, deck, crosshead, caption';
COMMENT ON COLUMN facts.quantities."text" IS 'The exact words, repaired';
COMMENT ON COLUMN facts.quantities."span_start" IS 'First code point in raw.captures.text';
COMMENT ON COLUMN facts.quantities."span_end" IS 'Code point behind the last';
COMMENT ON COLUMN facts.quantities."rule_id" IS 'The rule that decided (ref.rules)';
COMMENT ON COLUMN facts.quantities."confidence" IS 'How sure the rule is, 0 to 1; rules of a kind are comparable';
COMMENT ON COLUMN facts.quantities."value_low" IS 'The value, or the lower end; NULL in ''up to 10''';
COMMENT ON COLUMN facts.quantities."value_high" IS 'The value, or the upper end; NULL in ''at least 10''';
COMMENT ON COLUMN facts.quantities."approximate" IS 'Stated as about, some, nearly, tens of …';
COMMENT ON COLUMN facts.quantities."unit" IS 'UCUM code where one exists (km, a, %, [USD] for currencies), else NULL';
COMMENT ON COLUMN facts.quantities."unit_name" IS 'The unit''s name (ref.units), rates as ''US dollar per share''';
COMMENT ON COLUMN facts.quantities."unit_text" IS 'The unit as written';
COMMENT ON COLUMN facts.quantities."measure" IS 'What kind of quantity. One of: distance, area, volume, mass, speed, temperature, energy, power, frequency, data, duration, age, money, percent, percentage_point, count, ordinal, ratio, angle, score, number';
COMMENT ON COLUMN facts.quantities."object" IS 'What is measured: ''ballistic missiles'' in ''two ballistic missiles''';
COMMENT ON COLUMN facts.quantities."also_low" IS 'The same value in another unit, where the text gives it: 125 in ''200 km (125 miles)''';
COMMENT ON COLUMN facts.quantities."also_high" IS 'Its upper end';
COMMENT ON COLUMN facts.quantities."also_unit" IS 'UCUM code of that unit';
COMMENT ON COLUMN facts.quantities."change" IS 'Stated as a rise or a fall by this much. One of: up, down';

CREATE TABLE facts.times (
    "fact_id" VARCHAR NOT NULL,
    "capture_id" VARCHAR NOT NULL,
    "publication_date" VARCHAR NOT NULL,
    "block_no" INTEGER NOT NULL,
    "block_kind" VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    "span_start" BIGINT NOT NULL,
    "span_end" BIGINT NOT NULL,
    "rule_id" VARCHAR NOT NULL,
    "confidence" DOUBLE NOT NULL,
    "timex_type" VARCHAR NOT NULL,
    "timex_value" VARCHAR NOT NULL,
    "modifier" VARCHAR,
    "starts_on" DATE,
    "ends_on" DATE,
    "anchor_on" DATE
);
COMMENT ON TABLE facts.times IS 'A time expression: a day, a time of day, a duration or a repetition, with the days that it stands for.';
COMMENT ON COLUMN facts.times."fact_id" IS 'Identity: kind, first 16 digits of the capture, span; stable across reruns';
COMMENT ON COLUMN facts.times."capture_id" IS 'The capture it was read from';
COMMENT ON COLUMN facts.times."publication_date" IS 'Partition: the article''s date YYYY-MM-DD, or undated';
COMMENT ON COLUMN facts.times."block_no" IS 'The block of the capture that it stands in';
COMMENT ON COLUMN facts.times."block_kind" IS 'What kind of text it stands in. One of: body, headline, deck, crosshead, caption';
COMMENT ON COLUMN facts.times."text" IS 'The exact words, repaired';
COMMENT ON COLUMN facts.times."span_start" IS 'First code point in raw.captures.text';
COMMENT ON COLUMN facts.times."span_end" IS 'Code point behind the last';
COMMENT ON COLUMN facts.times."rule_id" IS 'The rule that decided (ref.rules)';
COMMENT ON COLUMN facts.times."confidence" IS 'How sure the rule is, 0 to 1; rules of a kind are comparable';
COMMENT ON COLUMN facts.times."timex_type" IS 'DATE, TIME (of day), DURATION (how long) or SET (how often). One of: DATE, TIME, DURATION, SET';
COMMENT ON COLUMN facts.times."timex_value" IS 'TIMEX3 value: 2023-09-13, 2023-09-12TNI, P18M; X for what nothing states (XXXX-WXX-3)';
COMMENT ON COLUMN facts.times."modifier" IS 'TIMEX3 mod: early, the end of, about, more than. One of: APPROX, START, MID, END, MORE_THAN, LESS_THAN, EQUAL_OR_MORE, EQUAL_OR_LESS';
COMMENT ON COLUMN facts.times."starts_on" IS 'First day it stands for; NULL where the text and its date do not tell';
COMMENT ON COLUMN facts.times."ends_on" IS 'Last day it stands for';
COMMENT ON COLUMN facts.times."anchor_on" IS 'The day that a relative expression was counted from; NULL where it states all itself';

CREATE TABLE facts.actions (
    "fact_id" VARCHAR NOT NULL,
    "capture_id" VARCHAR NOT NULL,
    "publication_date" VARCHAR NOT NULL,
    "block_no" INTEGER NOT NULL,
    "block_kind" VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    "span_start" BIGINT NOT NULL,
    "span_end" BIGINT NOT NULL,
    "rule_id" VARCHAR NOT NULL,
    "confidence" DOUBLE NOT NULL,
    "actor" VARCHAR,
    "actor_start" BIGINT,
    "actor_end" BIGINT,
    "actor_name" VARCHAR,
    "verb" VARCHAR NOT NULL,
    "plover_event" VARCHAR,
    "recipient" VARCHAR,
    "recipient_start" BIGINT,
    "recipient_end" BIGINT,
    "recipient_name" VARCHAR,
    "modality" VARCHAR NOT NULL,
    "place" VARCHAR,
    "place_start" BIGINT,
    "place_end" BIGINT,
    "starts_on" DATE,
    "ends_on" DATE
);
COMMENT ON TABLE facts.actions IS 'Who did what to whom: an action with its type of event, its place and days, and whether it was done; a row per pair of actor and recipient.';
COMMENT ON COLUMN facts.actions."fact_id" IS 'Identity: kind, first 16 digits of the capture, span; stable across reruns';
COMMENT ON COLUMN facts.actions."capture_id" IS 'The capture it was read from';
COMMENT ON COLUMN facts.actions."publication_date" IS 'Partition: the article''s date YYYY-MM-DD, or undated';
COMMENT ON COLUMN facts.actions."block_no" IS 'The block of the capture that it stands in';
COMMENT ON COLUMN facts.actions."block_kind" IS 'What kind of text it stands in. One of: body, headline, deck, crosshead, caption';
COMMENT ON COLUMN facts.actions."text" IS 'The exact words, repaired';
COMMENT ON COLUMN facts.actions."span_start" IS 'First code point in raw.captures.text';
COMMENT ON COLUMN facts.actions."span_end" IS 'Code point behind the last';
COMMENT ON COLUMN facts.actions."rule_id" IS 'The rule that decided (ref.rules)';
COMMENT ON COLUMN facts.actions."confidence" IS 'How sure the rule is, 0 to 1; rules of a kind are comparable';
COMMENT ON COLUMN facts.actions."actor" IS 'The words that name who acts; NULL where the sentence does not tell';
COMMENT ON COLUMN facts.actions."actor_start" IS 'First code point of actor in the raw text';
COMMENT ON COLUMN facts.actions."actor_end" IS 'Code point behind the last';
COMMENT ON COLUMN facts.actions."actor_name" IS 'Who that is by the fullest name in the article, as in facts.mentions';
COMMENT ON COLUMN facts.actions."verb" IS 'The verb or noun of action in its base form: impose, talks, step down';
COMMENT ON COLUMN facts.actions."plover_event" IS 'PLOVER''s type of event; NULL for deeds that it has no type for (bought, won, launched a product). One of: AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT';
COMMENT ON COLUMN facts.actions."recipient" IS 'The words that name to whom or what it is done';
COMMENT ON COLUMN facts.actions."recipient_start" IS 'First code point of recipient in the raw text';
COMMENT ON COLUMN facts.actions."recipient_end" IS 'Code point behind the last';
COMMENT ON COLUMN facts.actions."recipient_name" IS 'Who or what that is by the fullest name in the article';
COMMENT ON COLUMN facts.actions."modality" IS 'asserted; negated (not, denied, failed to); hypothetical (may, wants to, is accused of); future; historical (a date over 60 days back). One of: asserted, negated, hypothetical, future, historical';
COMMENT ON COLUMN facts.actions."place" IS 'Where, in the words of the sentence; its span is a place''s in facts.mentions';
COMMENT ON COLUMN facts.actions."place_start" IS 'First code point of place in the raw text';
COMMENT ON COLUMN facts.actions."place_end" IS 'Code point behind the last';
COMMENT ON COLUMN facts.actions."starts_on" IS 'First day of the time expression beside the action (facts.times); NULL without one';
COMMENT ON COLUMN facts.actions."ends_on" IS 'Last day of it';

CREATE TABLE facts.mentions (
    "fact_id" VARCHAR NOT NULL,
    "capture_id" VARCHAR NOT NULL,
    "publication_date" VARCHAR NOT NULL,
    "block_no" INTEGER NOT NULL,
    "block_kind" VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    "span_start" BIGINT NOT NULL,
    "span_end" BIGINT NOT NULL,
    "rule_id" VARCHAR NOT NULL,
    "confidence" DOUBLE NOT NULL,
    "kind" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "role" VARCHAR,
    "entity_id" VARCHAR,
    "country_code" VARCHAR,
    "place_kind" VARCHAR,
    "region" VARCHAR,
    "latitude" DOUBLE,
    "longitude" DOUBLE
);
COMMENT ON TABLE facts.mentions IS 'A name in the text: whom or what it names, by the fullest form in the article, and where a place lies.';
COMMENT ON COLUMN facts.mentions."fact_id" IS 'Identity: kind, first 16 digits of the capture, span; stable across reruns';
COMMENT ON COLUMN facts.mentions."capture_id" IS 'The capture it was read from';
COMMENT ON COLUMN facts.mentions."publication_date" IS 'Partition: the article''s date YYYY-MM-DD, or undated';
COMMENT ON COLUMN facts.mentions."block_no" IS 'The block of the capture that it stands in';
COMMENT ON COLUMN facts.mentions."block_kind" IS 'What kind of text it stands in. One of: body, headline, deck, crosshead, caption';
COMMENT ON COLUMN facts.mentions."text" IS 'The exact words, repaired';
COMMENT ON COLUMN facts.mentions."span_start" IS 'First code point in raw.captures.text';
COMMENT ON COLUMN facts.mentions."span_end" IS 'Code point behind the last';
COMMENT ON COLUMN facts.mentions."rule_id" IS 'The rule that decided (ref.rules)';
COMMENT ON COLUMN facts.mentions."confidence" IS 'How sure the rule is, 0 to 1; rules of a kind are comparable';
COMMENT ON COLUMN facts.mentions."kind" IS 'What the name is of; an agency or outlet is one that the registry knows. One of: person, organisation, place, agency, outlet';
COMMENT ON COLUMN facts.mentions."name" IS 'The name by its fullest form in the article; of a known place, its name there';
COMMENT ON COLUMN facts.mentions."role" IS 'Persons: the title or role in front of or behind the name, as written';
COMMENT ON COLUMN facts.mentions."entity_id" IS 'geonames:…, agency:… or outlet:…, where known';
COMMENT ON COLUMN facts.mentions."country_code" IS 'ISO 3166-1 alpha-2: of a place, an agency, an outlet';
COMMENT ON COLUMN facts.mentions."place_kind" IS 'Places: what they are; an adjective or a people counts as its country or region. One of: country, region, district, settlement, area, feature, street';
COMMENT ON COLUMN facts.mentions."region" IS 'Places: the state or province that they lie in (GeoNames, first order)';
COMMENT ON COLUMN facts.mentions."latitude" IS 'Degrees north (WGS 84); of anything larger than a town, the middle of its towns';
COMMENT ON COLUMN facts.mentions."longitude" IS 'Degrees east (WGS 84)';

CREATE TABLE ref.outlets (
    "outlet_id" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "aliases" VARCHAR[] NOT NULL,
    "domains" VARCHAR[] NOT NULL,
    "country" VARCHAR NOT NULL,
    "language" VARCHAR NOT NULL,
    "house_phrases" VARCHAR[] NOT NULL
);
COMMENT ON TABLE ref.outlets IS 'An outlet of the registry: a newspaper, broadcaster or site that publishes articles.';
COMMENT ON COLUMN ref.outlets."outlet_id" IS 'Short name in small letters';
COMMENT ON COLUMN ref.outlets."name" IS 'The name that it uses for itself';
COMMENT ON COLUMN ref.outlets."aliases" IS 'Other names it goes by';
COMMENT ON COLUMN ref.outlets."domains" IS 'Hosts of its pages, subdomains included';
COMMENT ON COLUMN ref.outlets."country" IS 'Seat, ISO 3166-1 alpha-2';
COMMENT ON COLUMN ref.outlets."language" IS 'Main language, BCP 47';
COMMENT ON COLUMN ref.outlets."house_phrases" IS 'Words by which only this outlet speaks of itself';

CREATE TABLE ref.agencies (
    "agency_id" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "aliases" VARCHAR[] NOT NULL,
    "country" VARCHAR NOT NULL,
    "code_only" BOOLEAN NOT NULL
);
COMMENT ON TABLE ref.agencies IS 'A news agency, or a broadcaster whose reports other outlets print with credit.';
COMMENT ON COLUMN ref.agencies."agency_id" IS 'The short name that people use';
COMMENT ON COLUMN ref.agencies."name" IS 'Its full name';
COMMENT ON COLUMN ref.agencies."aliases" IS 'Other names in credits';
COMMENT ON COLUMN ref.agencies."country" IS 'Seat, ISO 3166-1 alpha-2';
COMMENT ON COLUMN ref.agencies."code_only" IS 'The short name means much else, and counts in a dateline or as a whole credit only';

CREATE TABLE ref.places (
    "name" VARCHAR NOT NULL,
    "use" VARCHAR NOT NULL,
    "means" VARCHAR NOT NULL,
    "place_kind" VARCHAR NOT NULL,
    "entity_id" VARCHAR,
    "country_code" VARCHAR,
    "latitude" DOUBLE,
    "longitude" DOUBLE
);
COMMENT ON TABLE ref.places IS 'A name, people or abbreviation by which news means a place, and that place (GeoNames, CC BY 4.0).';
COMMENT ON COLUMN ref.places."name" IS 'As it is written in news';
COMMENT ON COLUMN ref.places."use" IS 'A name; an adjective or people; an abbreviation; a code that counts behind a comma only. One of: name, people, short, code';
COMMENT ON COLUMN ref.places."means" IS 'The name of the place that is meant';
COMMENT ON COLUMN ref.places."place_kind" IS 'country, region, settlement, or area for what has no borders that a list knows';
COMMENT ON COLUMN ref.places."entity_id" IS 'geonames:…';
COMMENT ON COLUMN ref.places."country_code" IS 'ISO 3166-1 alpha-2';
COMMENT ON COLUMN ref.places."latitude" IS 'Degrees north (WGS 84); of anything larger than a town, the middle of its towns';
COMMENT ON COLUMN ref.places."longitude" IS 'Degrees east (WGS 84)';

CREATE TABLE ref.units (
    "name" VARCHAR NOT NULL,
    "ucum" VARCHAR,
    "measure" VARCHAR NOT NULL,
    "words" VARCHAR[] NOT NULL,
    "symbols" VARCHAR[] NOT NULL,
    "base" VARCHAR,
    "factor" DOUBLE,
    "to_add" DOUBLE
);
COMMENT ON TABLE ref.units IS 'A unit of measure or a currency: its UCUM code, what it measures, and how it converts.';
COMMENT ON COLUMN ref.units."name" IS 'The unit''s name in English, singular';
COMMENT ON COLUMN ref.units."ucum" IS 'UCUM code where one exists; [USD] and the like for currencies';
COMMENT ON COLUMN ref.units."measure" IS 'What it measures. One of: distance, area, volume, mass, speed, temperature, energy, power, frequency, data, duration, age, money, percent, percentage_point, count, ordinal, ratio, angle, score, number';
COMMENT ON COLUMN ref.units."words" IS 'Written forms, any case';
COMMENT ON COLUMN ref.units."symbols" IS 'Written forms, exactly so';
COMMENT ON COLUMN ref.units."base" IS 'UCUM code of the unit that it converts to';
COMMENT ON COLUMN ref.units."factor" IS 'value in base = value * factor + to_add; NULL for what does not convert';
COMMENT ON COLUMN ref.units."to_add" IS 'What is added after the factor (temperatures)';

CREATE TABLE ref.speech_verbs (
    "verb" VARCHAR NOT NULL,
    "language" VARCHAR NOT NULL,
    "takes" VARCHAR NOT NULL,
    "stance" VARCHAR NOT NULL
);
COMMENT ON TABLE ref.speech_verbs IS 'A verb that can introduce what somebody said.';
COMMENT ON COLUMN ref.speech_verbs."verb" IS 'The verb, base form';
COMMENT ON COLUMN ref.speech_verbs."language" IS 'BCP 47 tag of its language';
COMMENT ON COLUMN ref.speech_verbs."takes" IS 'What it introduces: a statement, a question, a thought, a name for something, a charge …. One of: statement, question, thought, naming, accusing, quoting, document, object, manner';
COMMENT ON COLUMN ref.speech_verbs."stance" IS 'What the verb says about the statement: factive takes it as true, doubtful as unproven …. One of: neutral, factive, assertive, commissive, directive, approving, critical, negative, doubtful, denial, doubt';

CREATE TABLE ref.languages (
    "key" VARCHAR NOT NULL,
    "language" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL,
    "coverage" VARCHAR NOT NULL,
    "reads" VARCHAR NOT NULL
);
COMMENT ON TABLE ref.languages IS 'How far a kind of fact is read in articles of a language that the pipeline tells.';
COMMENT ON COLUMN ref.languages."key" IS 'language/kind';
COMMENT ON COLUMN ref.languages."language" IS 'BCP 47 tag without region, as in clean.articles.language';
COMMENT ON COLUMN ref.languages."kind" IS 'Kind of fact: the table''s name in facts';
COMMENT ON COLUMN ref.languages."coverage" IS 'full: by rules made for the language; lists: by its words in seeds/reference; neutral: what needs no words; none: no rows. One of: full, lists, neutral, none';
COMMENT ON COLUMN ref.languages."reads" IS 'What is read of such an article';

CREATE TABLE ref.rules (
    "rule_id" VARCHAR NOT NULL,
    "family" VARCHAR NOT NULL,
    "kind" VARCHAR,
    "description" VARCHAR NOT NULL,
    "confidence" DOUBLE NOT NULL,
    "pattern" VARCHAR,
    "decided_in" VARCHAR,
    "matches" VARCHAR[] NOT NULL,
    "spares" VARCHAR[] NOT NULL
);
COMMENT ON TABLE ref.rules IS 'A rule: what a row''s rule_id stands for, with an example that it matches and one that it spares.';
COMMENT ON COLUMN ref.rules."rule_id" IS 'File under seeds/rules and name in it';
COMMENT ON COLUMN ref.rules."family" IS 'File under seeds/rules';
COMMENT ON COLUMN ref.rules."kind" IS 'What the rule makes, where it makes one thing: a kind of block, a measure';
COMMENT ON COLUMN ref.rules."description" IS 'What the rule does, as a sentence';
COMMENT ON COLUMN ref.rules."confidence" IS 'How sure it is where nothing else speaks for or against';
COMMENT ON COLUMN ref.rules."pattern" IS 'Regular expression; NULL where code decides';
COMMENT ON COLUMN ref.rules."decided_in" IS 'Module that decides, where there is no pattern';
COMMENT ON COLUMN ref.rules."matches" IS 'Examples that it must match';
COMMENT ON COLUMN ref.rules."spares" IS 'Examples that it must not match';

CREATE VIEW facts.all_kinds AS
SELECT 'quotes' AS kind, fact_id, capture_id, publication_date, block_no, block_kind, text, span_start, span_end, rule_id, confidence FROM facts.quotes
UNION ALL BY NAME
SELECT 'attributions' AS kind, fact_id, capture_id, publication_date, block_no, block_kind, text, span_start, span_end, rule_id, confidence FROM facts.attributions
UNION ALL BY NAME
SELECT 'quantities' AS kind, fact_id, capture_id, publication_date, block_no, block_kind, text, span_start, span_end, rule_id, confidence FROM facts.quantities
UNION ALL BY NAME
SELECT 'times' AS kind, fact_id, capture_id, publication_date, block_no, block_kind, text, span_start, span_end, rule_id, confidence FROM facts.times
UNION ALL BY NAME
SELECT 'actions' AS kind, fact_id, capture_id, publication_date, block_no, block_kind, text, span_start, span_end, rule_id, confidence FROM facts.actions
UNION ALL BY NAME
SELECT 'mentions' AS kind, fact_id, capture_id, publication_date, block_no, block_kind, text, span_start, span_end, rule_id, confidence FROM facts.mentions;
COMMENT ON VIEW facts.all_kinds IS 'Every fact of every kind: where it stands, its exact words and the rule that found it';
