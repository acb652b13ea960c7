-- What did each outlet quote Vladimir Putin as saying on 13 September 2023, and through whom did it get the words?
SELECT coalesce(outlet, 'unknown') AS outlet, agencies, quote, via, cue, round(confidence, 2) AS confidence, fact_id
FROM marts.quote_book
WHERE speaker LIKE '%Putin' AND published_on = DATE '2023-09-13'
ORDER BY outlet, fact_id
