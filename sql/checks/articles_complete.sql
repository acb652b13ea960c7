-- Every capture is one article, and every article a capture.
-- asset: clean/articles
SELECT coalesce(captures.capture_id, articles.capture_id) AS capture_id, articles.capture_id IS NULL AS without_article
FROM raw.captures AS captures
FULL JOIN clean.articles AS articles USING (capture_id)
WHERE captures.capture_id IS NULL OR articles.capture_id IS NULL
ORDER BY ALL
