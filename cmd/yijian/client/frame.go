package client

import (
	"encoding/json"
	"fmt"
)

// Frame is one frame of the server, decoded as far as its name.
type Frame struct {
	T string
	// Data is the frame as it came.
	Data []byte
}

func readFrame(data []byte) (Frame, error) {
	var head struct {
		T string `json:"t"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return Frame{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if head.T == "" {
		return Frame{}, fmt.Errorf("%w: no \"t\" in %.80q", ErrMalformed, data)
	}
	return Frame{T: head.T, Data: data}, nil
}

// As decodes the whole frame into one of the types of package wire.
func As[T any](f Frame) (T, error) {
	var out T
	if err := json.Unmarshal(f.Data, &out); err != nil {
		return out, fmt.Errorf("read frame %s: %w", f.T, err)
	}
	return out, nil
}
