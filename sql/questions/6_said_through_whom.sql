-- What is Kim Jong Un reported to have said, thought or wanted, in quotation marks or in the outlet's own words, and through whom did it reach the outlet?
SELECT
    coalesce(outlets.name, articles.outlet_id, 'unknown') AS outlet,
    articles.agencies,
    attributions.cue,
    attributions.polarity,
    attributions.statement,
    attributions.via,
    len(attributions.quote_ids) > 0 AS quoted,
    attributions.fact_id
FROM facts.attributions AS attributions
JOIN clean.articles AS articles USING (capture_id)
LEFT JOIN ref.outlets AS outlets USING (outlet_id)
WHERE attributions.source SIMILAR TO 'Kim Jong[ -][Uu]n'
ORDER BY outlet, attributions.capture_id, attributions.span_start
