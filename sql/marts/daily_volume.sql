-- Articles, outlets, words and facts by day of publication; undated is a row of its own.
WITH counted AS (
    SELECT
        publication_date,
        count(*) FILTER (kind = 'quotes') AS quotes,
        count(*) FILTER (kind = 'attributions') AS attributions,
        count(*) FILTER (kind = 'quantities') AS quantities,
        count(*) FILTER (kind = 'times') AS times,
        count(*) FILTER (kind = 'mentions') AS mentions,
        count(*) FILTER (kind = 'actions') AS actions,
        count(*) AS facts
    FROM facts.all_kinds
    GROUP BY publication_date
)
SELECT
    articles.publication_date,
    count(*) AS articles,
    count(DISTINCT articles.outlet_id) AS known_outlets,
    sum(articles.word_count)::BIGINT AS words,
    coalesce(any_value(counted.quotes), 0) AS quotes,
    coalesce(any_value(counted.attributions), 0) AS attributions,
    coalesce(any_value(counted.quantities), 0) AS quantities,
    coalesce(any_value(counted.times), 0) AS times,
    coalesce(any_value(counted.mentions), 0) AS mentions,
    coalesce(any_value(counted.actions), 0) AS actions,
    coalesce(any_value(counted.facts), 0) AS facts
FROM clean.articles AS articles
LEFT JOIN counted USING (publication_date)
GROUP BY articles.publication_date
