-- Which numbers are given for missiles, by which outlet, exact or about, and in which words? Any other thing that was counted or measured: change the word.
SELECT
    coalesce(outlets.name, articles.outlet_id, 'unknown') AS outlet,
    articles.agencies,
    quantities.object,
    quantities.value_low,
    quantities.value_high,
    quantities.approximate,
    quantities.unit_text,
    quantities.text,
    quantities.fact_id
FROM facts.quantities AS quantities
JOIN clean.articles AS articles USING (capture_id)
LEFT JOIN ref.outlets AS outlets USING (outlet_id)
WHERE quantities.object ILIKE '%missile%'
ORDER BY quantities.value_low, outlet, quantities.fact_id
