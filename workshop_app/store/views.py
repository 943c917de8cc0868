"""The documented read-only views of a session file: what others may rely on in every version."""

VIEWS_SQL = """
CREATE VIEW received AS
    SELECT key, step, coalesce((SELECT same_as FROM same_person WHERE same_person.participant = answer.participant), participant)
        AS participant, text, fields AS fields_json, received_at FROM answer ORDER BY id;
CREATE VIEW cards AS
    SELECT card.id, card.text, heap.id AS heap_id, heap.theme_id,
        iif(withdrawal.id IS NULL, card.state, 'withdrawn') AS state, answer.source
    FROM card JOIN answer ON answer.id = card.answer_id
    LEFT JOIN withdrawal ON withdrawal.answer_id = card.answer_id
    LEFT JOIN heap ON heap.id = card.heap_id AND withdrawal.id IS NULL
    ORDER BY card.id;
CREATE VIEW needs AS
    SELECT need.id, need.title,
        CASE substr(w, 1, 1) WHEN 'å' THEN 'Å' WHEN 'ä' THEN 'Ä' WHEN 'ö' THEN 'Ö' ELSE upper(substr(w, 1, 1)) END || substr(w, 2)
        || CASE language WHEN 'en' THEN ' need to be able to ' ELSE ' behöver kunna ' END
        || f || ' ' || s || CASE language WHEN 'en' THEN ', so that ' ELSE ', så att ' END || e || '.' AS statement,
        route, owner, status
    FROM (
        SELECT *, coalesce(nullif(trim(who, ' .,;'), ''), '…') AS w, coalesce(nullif(trim(function, ' .,;'), ''), '…') AS f,
            coalesce(nullif(trim(situation, ' .,;'), ''), '…') AS s, coalesce(nullif(trim(effect, ' .,;'), ''), '…') AS e
        FROM need WHERE merged_into IS NULL
    ) AS need JOIN session ORDER BY need.number;
CREATE VIEW need_evidence AS
    SELECT need_id, card_id FROM need_card JOIN card ON card.id = card_id
    WHERE answer_id NOT IN (SELECT answer_id FROM withdrawal) ORDER BY need_id, position, card_id;
CREATE VIEW journal AS SELECT at, who, action, detail FROM journal_line ORDER BY id;
"""

VIEWS = ("received", "cards", "needs", "need_evidence", "journal")
