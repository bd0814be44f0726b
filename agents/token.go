package agents

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

// KeyPrefix begins every API key, so that people and secret scanners recognise one.
const KeyPrefix = "yjk_"

// Ref stands for a credential without being one: it cannot be turned back into a token. It is what
// a socket keeps to ask Store.Valid whether its sign-in still holds.
type Ref string

// RefOf returns the Ref of a session token or an API key.
func RefOf(token string) Ref {
	if strings.HasPrefix(token, KeyPrefix) {
		return Ref("key:" + digest(token))
	}
	return Ref("session:" + digest(token))
}

// session returns the stored hash if r is of a session.
func (r Ref) session() (hash string, ok bool) { return strings.CutPrefix(string(r), "session:") }

// key returns the stored hash if r is of an API key.
func (r Ref) key() (hash string, ok bool) { return strings.CutPrefix(string(r), "key:") }

// newToken draws 256 bits in a form that fits cookies, headers and URL fragments.
func newToken(random io.Reader) (string, error) {
	var bits [32]byte
	if _, err := io.ReadFull(random, bits[:]); err != nil {
		return "", fmt.Errorf("draw a token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(bits[:]), nil
}

// digest is what is stored of a token. Tokens are random, so a fast hash is enough.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
