package agents

import (
	"errors"
	"fmt"
	"time"
)

// What callers decide on. The sentences name the next step, because people get to read them.
var (
	ErrUnauthorized   = errors.New("not signed in, or the sign-in has ended; sign in again")
	ErrBadCredentials = errors.New("the login or the password is wrong; check both and try again")
	ErrBadLink        = errors.New("this sign-in link was used or has expired; ask an admin for a new one")
	ErrDisabled       = errors.New("this account is disabled; ask an admin to let you in again")
	ErrForbidden      = errors.New("your role or your sites do not allow this; ask an admin")
	ErrNoAccount      = errors.New("there is no such account; reload the list of accounts")
	ErrNoKey          = errors.New("there is no such API key; reload the list of accounts")
	ErrLoginTaken     = errors.New("another account has this login; choose a different one")
	ErrLastAdmin      = errors.New("this is the last admin; make somebody else an admin first")
	ErrNotASession    = errors.New("an API key cannot do this; sign in as a person")
	ErrInvalid        = errors.New("some fields are not acceptable")
	ErrRateLimited    = errors.New("too many attempts to sign in")
)

// FieldError says what is wrong with one field that somebody filled in. It is an ErrInvalid.
type FieldError struct {
	Field string
	// Problem completes a sentence that begins with the field: "must have at least 8 characters".
	Problem string
}

// Error implements error.
func (e FieldError) Error() string { return e.Field + " " + e.Problem }

// Is makes every FieldError an ErrInvalid.
func (e FieldError) Is(target error) bool { return target == ErrInvalid }

// RateLimitError says when the next attempt is welcome. It is an ErrRateLimited.
type RateLimitError struct{ After time.Duration }

// Error implements error.
func (e RateLimitError) Error() string {
	return fmt.Sprintf("%v; wait %d seconds and try again", ErrRateLimited, int(e.After/time.Second)+1)
}

// Is makes every RateLimitError an ErrRateLimited.
func (e RateLimitError) Is(target error) bool { return target == ErrRateLimited }
