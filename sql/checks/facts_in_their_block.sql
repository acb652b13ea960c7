-- A fact lies inside the block that it names, and says that block's kind.
-- asset: facts/*
SELECT facts.kind, facts.fact_id, facts.span_start, facts.span_end, facts.block_no, facts.block_kind, blocks.kind AS expected
FROM facts.all_kinds AS facts
LEFT JOIN clean.blocks AS blocks ON blocks.capture_id = facts.capture_id AND blocks.block_no = facts.block_no
WHERE blocks.kind IS DISTINCT FROM facts.block_kind
    OR facts.span_start < blocks.span_start
    OR facts.span_end > blocks.span_end
ORDER BY ALL
