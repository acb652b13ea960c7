-- Who said what, as each outlet reported it: a row for each quotation, newest first when ordered by published_on.
SELECT
    quotes.speaker,
    quotes.quote,
    quotes.quote_type,
    articles.outlet_id,
    coalesce(outlets.name, articles.outlet_id) AS outlet,
    articles.agencies,
    quotes.via,
    articles.published_on,
    articles.headline,
    quotes.speaker_text,
    quotes.cue,
    quotes.block_kind,
    quotes.confidence,
    quotes.publication_date,
    quotes.fact_id,
    quotes.capture_id,
    quotes.span_start,
    quotes.span_end
FROM facts.quotes AS quotes
JOIN clean.articles AS articles USING (capture_id)
LEFT JOIN ref.outlets AS outlets USING (outlet_id)
