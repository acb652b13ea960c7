-- An article's partition is its day of publication, or undated where there is none.
-- asset: clean/articles
SELECT capture_id, published_on, publication_date
FROM clean.articles
WHERE publication_date IS DISTINCT FROM coalesce(strftime(published_on, '%Y-%m-%d'), 'undated')
ORDER BY ALL
