package agents

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Rules of a password. There is no rule about kinds of characters: length is what counts. The upper
// bound keeps a request from buying hashing time by the kilobyte.
const (
	MinPassword = 8
	MaxPassword = 256
)

// The cost of Argon2id (S6). It is written into every hash, so raising it leaves old hashes valid.
const (
	argonMemory = 19 * 1024 // KiB
	argonTime   = 2
	argonLanes  = 1
	saltLen     = 16
	sumLen      = 32
)

func checkPassword(login, password string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password):
		return FieldError{"password", "must be text"}
	case n < MinPassword:
		return FieldError{"password", "must have at least " + strconv.Itoa(MinPassword) + " characters"}
	case n > MaxPassword:
		return FieldError{"password", "must have at most " + strconv.Itoa(MaxPassword) + " characters"}
	case foldLogin(password) == login:
		return FieldError{"password", "must differ from the login"}
	}
	return nil
}

func checkOptionalPassword(login, password string) error {
	if password == "" {
		return nil
	}
	return checkPassword(login, password)
}

// hashed is a password as it is stored: Argon2id in PHC form.
type hashed struct {
	memory, time uint32
	lanes        uint8
	salt, sum    []byte
}

// decoy is what an unknown login is checked against, so that the answer takes as long as for a known
// one. No password matches it: that would take a preimage of 32 zero bytes.
func decoy() string {
	return hashed{argonMemory, argonTime, argonLanes, make([]byte, saltLen), make([]byte, sumLen)}.String()
}

func hashPassword(random io.Reader, password string) (string, error) {
	h := hashed{memory: argonMemory, time: argonTime, lanes: argonLanes, salt: make([]byte, saltLen)}
	if _, err := io.ReadFull(random, h.salt); err != nil {
		return "", fmt.Errorf("draw a salt: %w", err)
	}
	h.sum = h.of(password, sumLen)
	return h.String(), nil
}

// matches reports whether password is the one behind a stored hash. A hash that cannot be read is
// an error, not a wrong password.
func matches(stored, password string) (bool, error) {
	h, err := parseHash(stored)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(h.sum, h.of(password, uint32(len(h.sum)))) == 1, nil
}

// of hashes a password in Unicode's NFC form, since keyboards differ in how they compose accents.
func (h hashed) of(password string, n uint32) []byte {
	return argon2.IDKey(norm.NFC.Bytes([]byte(password)), h.salt, h.time, h.memory, h.lanes, n)
}

// String implements fmt.Stringer.
func (h hashed) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.time, h.lanes,
		base64.RawStdEncoding.EncodeToString(h.salt), base64.RawStdEncoding.EncodeToString(h.sum))
}

var errBadHash = errors.New("a stored password hash cannot be read; set the password anew")

func parseHash(stored string) (hashed, error) {
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" ||
		parts[2] != "v="+strconv.Itoa(argon2.Version) {
		return hashed{}, errBadHash
	}
	var h hashed
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.time, &h.lanes); err != nil {
		return hashed{}, errBadHash
	}
	salt, errSalt := base64.RawStdEncoding.DecodeString(parts[4])
	sum, errSum := base64.RawStdEncoding.DecodeString(parts[5])
	h.salt, h.sum = salt, sum
	if errSalt != nil || errSum != nil || !h.sane() {
		return hashed{}, errBadHash
	}
	return h, nil
}

// sane keeps a damaged row from asking for gigabytes or from matching everything.
func (h hashed) sane() bool {
	return h.memory >= 8 && h.memory <= 256*1024 && h.time >= 1 && h.time <= 10 &&
		h.lanes >= 1 && h.lanes <= 16 &&
		len(h.salt) >= 8 && len(h.salt) <= 64 && len(h.sum) >= 16 && len(h.sum) <= 64
}

// hashing runs do with one of the few places for Argon2: each takes 19 MiB and a core, so a flood of
// sign-ins waits in line instead of taking the memory of the whole process.
func (s *Store) hashing(ctx context.Context, do func() error) error {
	select {
	case s.places <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-s.places }()
	return do()
}
