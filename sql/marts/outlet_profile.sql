-- What the store holds of each outlet: articles, days, words, facts by kind, how often it credits an agency, how many are in languages that are not covered, how sure we are of it.
WITH quoted AS (
    SELECT capture_id, count(*) AS quotes, count(speaker) AS attributed FROM facts.quotes GROUP BY capture_id
),
counted AS (
    SELECT
        capture_id,
        count(*) FILTER (kind = 'attributions') AS attributions,
        count(*) FILTER (kind = 'quantities') AS quantities,
        count(*) FILTER (kind = 'times') AS times,
        count(*) FILTER (kind = 'mentions') AS mentions,
        count(*) FILTER (kind = 'actions') AS actions,
        count(*) AS facts
    FROM facts.all_kinds
    GROUP BY capture_id
)
SELECT
    coalesce(articles.outlet_id, 'unknown') AS outlet_id,
    coalesce(any_value(outlets.name), coalesce(articles.outlet_id, 'unknown')) AS outlet,
    any_value(outlets.country) AS country,
    count(*) AS articles,
    count(articles.published_on) AS dated_articles,
    min(articles.published_on) AS first_published_on,
    max(articles.published_on) AS last_published_on,
    sum(articles.word_count)::BIGINT AS words,
    coalesce(sum(quoted.quotes), 0)::BIGINT AS quotes,
    coalesce(sum(quoted.attributed), 0)::BIGINT AS attributed_quotes,
    coalesce(sum(counted.attributions), 0)::BIGINT AS attributions,
    coalesce(sum(counted.quantities), 0)::BIGINT AS quantities,
    coalesce(sum(counted.times), 0)::BIGINT AS times,
    coalesce(sum(counted.mentions), 0)::BIGINT AS mentions,
    coalesce(sum(counted.actions), 0)::BIGINT AS actions,
    coalesce(sum(counted.facts), 0)::BIGINT AS facts,
    count(*) FILTER (len(articles.agencies) > 0) AS articles_crediting_an_agency,
    count(*) FILTER (NOT articles.language_covered) AS articles_in_other_languages,
    round(avg(articles.outlet_confidence), 2) AS mean_outlet_confidence
FROM clean.articles AS articles
LEFT JOIN ref.outlets AS outlets USING (outlet_id)
LEFT JOIN quoted USING (capture_id)
LEFT JOIN counted USING (capture_id)
GROUP BY coalesce(articles.outlet_id, 'unknown')
