package backup

// tables are those of a backup, in an order in which rows refer only to what is there already. A test
// holds that a table of the schema is either here or in rebuilt.
var tables = []string{
	"settings", "sites", "accounts", "account_sessions", "api_keys", "sign_in_links", "counters",
	"policies", "sessions", "segments", "forks", "lives", "session_agents", "decisions", "audit",
}

// rebuilt are made from the others. A table of FTS5 has tables of its own, which begin with its name.
var rebuilt = []string{"messages", "message_words"}
