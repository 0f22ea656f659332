INSERT INTO chats (chat_id, state, lang, seen_lang, zone, digest_hour, scheduled_at, told_until)
VALUES (4001, 'active', 'ar', 'ar', 'UTC', 8, '2026-03-10T08:00:00+00:00', '2026-03-09T08:00:00+00:00');
INSERT INTO subscriptions (chat_id, topic, folded, followed_at)
VALUES (4001, 'مرصد تيراف', 'مرصد تيراف', '2026-03-09T07:00:00+00:00');
