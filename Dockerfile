# Yijian in one static binary and nothing else. Build with: make docker

# The pages. package-lock.json comes first, so that a change of our own files does not install again.
FROM node:20-bookworm-slim AS pages
WORKDIR /src/web/ui
COPY web/ui/package.json web/ui/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web/ui/ ./
RUN npm run build

FROM golang:1.26-bookworm AS binary
WORKDIR /src
# The toolchain of the image is the one we mean; nothing may download another.
ENV GOTOOLCHAIN=local CGO_ENABLED=0
COPY go.mod go.sum ./
RUN go mod download
COPY . .
# Over the placeholder that is committed, so that the pages are embedded.
COPY --from=pages /src/web/ui/dist/ web/ui/dist/
# -s -w leaves the tables for debuggers out; stack traces keep their lines.
RUN go build -trimpath -ldflags='-s -w' -o /yijian ./cmd/yijian
# The folder of the record, for the volume to take its owner from.
RUN mkdir /data && chown 65532:65532 /data

# Nothing to break into: no shell, no package manager, no libraries.
FROM scratch
# To trust the other end of rediss:// and of a bot's https://.
COPY --from=binary /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
# To show hours in the visitor's time.
COPY --from=binary /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip
COPY --from=binary --chown=65532:65532 /data /data
COPY --from=binary /yijian /yijian
# Every address, because the container has its own; the record on the volume.
ENV ZONEINFO=/zoneinfo.zip YJ_LISTEN=:8080 YJ_DB=/data/yijian.db
# A user without a name and without rights; a number, so that Kubernetes can see that it is not root.
USER 65532:65532
VOLUME /data
EXPOSE 8080
# SIGTERM drains. Health is asked over HTTP (/healthz, /readyz) by whatever runs the container.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/yijian"]
CMD ["serve"]
