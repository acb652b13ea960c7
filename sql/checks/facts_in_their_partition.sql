-- A fact lies in the partition of its article: no row is left behind where an article has moved.
-- asset: facts/*
SELECT facts.kind, facts.fact_id, facts.publication_date, articles.publication_date AS expected
FROM facts.all_kinds AS facts
LEFT JOIN clean.articles AS articles USING (capture_id)
WHERE facts.publication_date IS DISTINCT FROM articles.publication_date
ORDER BY ALL
