# TLS in front of the studio (docker-compose.lab.yml): nginx as Debian keeps it, as nobody in particular.
FROM debian:bookworm-slim

# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --no-install-recommends --yes nginx \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10002 --no-create-home --shell /usr/sbin/nologin proxy-ceniqa

COPY proxy.conf /etc/nginx/nginx.conf

USER 10002:10002
EXPOSE 8443
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 \
    CMD ["bash", "-c", "exec 3<> /dev/tcp/127.0.0.1/8443"]
CMD ["nginx", "-e", "/dev/stderr"]
