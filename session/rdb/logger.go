package rdb

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"
	"github.com/rs/zerolog"
)

// LogTo sends what the Redis client says by itself to a logger, at debug: what matters reaches the
// callers as errors. The client's logger is one for the process, so only main sets it.
func LogTo(log zerolog.Logger) {
	redis.SetLogger(clientLog{log.With().Str("component", "redis").Logger()})
}

type clientLog struct{ log zerolog.Logger }

// Printf implements the logger of the client.
func (c clientLog) Printf(_ context.Context, format string, v ...any) {
	c.log.Debug().Str("said", fmt.Sprintf(format, v...)).Msg("redis client")
}
