package wire

// Code names an error, a farewell or the end of an offer. Codes are for machines; the sentence
// beside one is for people.
type Code string

// Errors a frame can be answered with.
const (
	BadFrame     Code = "bad_frame"     // not a JSON object, or a field of the wrong type
	UnknownFrame Code = "unknown_frame" // no such "t"
	HelloFirst   Code = "hello_first"   // the first frame must be hello
	HelloTwice   Code = "hello_twice"
	TooLarge     Code = "too_large" // frame or text over the limit
	BadText      Code = "bad_text"  // empty, not UTF-8, or nothing but control characters
	BadID        Code = "bad_id"    // a client id is 1–64 of [A-Za-z0-9_-]
	IDReused     Code = "id_reused" // same id, other text
	SlowDown     Code = "slow_down" // over the rate; retry_ms says when
	UnknownSite  Code = "unknown_site"
	BadToken     Code = "bad_token" // not ours, or of another site
	NotRatable   Code = "not_ratable"
	NotYours     Code = "not_yours" // an agent writes to a session it does not answer
	OfferIsGone  Code = "offer_gone"
	Forbidden    Code = "forbidden" // the role does not allow this verb
	NoSession    Code = "no_session"
	Erased       Code = "erased"    // at its visitor's request, or because its time was over
	BadValue     Code = "bad_value" // a field is outside its range
	NotNow       Code = "not_now"   // legal, but not in this state
	Unavailable  Code = "unavailable"
	Internal     Code = "internal"
	BadPhone     Code = "bad_phone"
	BadTime      Code = "bad_time"      // a call too far ahead, or no time at all
	NotThere     Code = "not_there"     // a colleague who takes no conversations now
	Yourself     Code = "yourself"      // a conversation is sent to who sends it
	UnknownQueue Code = "unknown_queue" // the desk has no such queue
	NoRoom       Code = "no_room"       // an agent has as many conversations as fit
	TooMany      Code = "too_many"      // of one address or site; retry_ms says when
)

// Farewells, and the close codes they go with.
const (
	Restart  Code = "restart"   // the server restarts; come back after retry_ms
	TooSlow  Code = "too_slow"  // the client did not read
	Quiet    Code = "quiet"     // no ping within the deadline
	Late     Code = "no_hello"  // no hello within 10 s
	SignedIn Code = "signed_in" // not used by visitors: the agent's sign-in was revoked
	Replaced Code = "replaced"
)

// WebSocket close codes. 3000–3499 mean reconnect, 3500–3999 do not.
const (
	CloseRestart  = 3000
	CloseSlow     = 3001
	CloseQuiet    = 3002
	CloseError    = 3003
	CloseBusy     = 3004 // too many of one address or site
	CloseNoHello  = 3500
	CloseRefused  = 3501 // unknown site, foreign token
	CloseRevoked  = 3502
	CloseTooLarge = 1009
)
