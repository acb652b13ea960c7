-- Which articles have no certain day of publication, what dates stand in them, and what does each stand for?
SELECT
    left(articles.capture_id, 12) AS capture,
    left(articles.headline, 60) AS headline,
    articles.published_on,
    articles.published_method,
    candidate.role,
    candidate.value,
    candidate.text,
    candidate.rule_id,
    candidate.confidence
FROM clean.articles AS articles, unnest(articles.published_candidates) AS candidates (candidate)
WHERE articles.published_on IS NULL OR articles.published_confidence < 0.8
ORDER BY articles.capture_id, candidate.confidence DESC, candidate.value
