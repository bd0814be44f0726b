package replay

import (
	"encoding/json"
	"fmt"
)

// frame is one frame of the server, decoded as far as its name.
type frame struct {
	T    string
	data []byte
}

func readFrame(data []byte) (frame, error) {
	var head struct {
		T string `json:"t"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return frame{}, fmt.Errorf("%w: %w", errMalformed, err)
	}
	if head.T == "" {
		return frame{}, fmt.Errorf("%w: no \"t\" in %.80q", errMalformed, data)
	}
	return frame{T: head.T, data: data}, nil
}

// as decodes the whole frame into one of the types of package wire.
func as[T any](f frame) (T, error) {
	var out T
	if err := json.Unmarshal(f.data, &out); err != nil {
		return out, fmt.Errorf("read frame %s: %w", f.T, err)
	}
	return out, nil
}
