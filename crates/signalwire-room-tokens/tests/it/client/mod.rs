//! Tests for the client with a mock server.

#[cfg(feature = "blocking")]
mod blocking;
mod bounds;
mod broken_http;
mod builder;
mod cancellation;
mod concurrency;
mod env;
#[cfg(all(feature = "reqwest", feature = "rustls-ring"))]
mod http_client;
mod inputs;
mod many;
mod options;
mod proxies;
mod redirects;
mod retries;
mod retry_timing;
mod runtime;
mod sharing;
mod space;
mod timeouts;
#[cfg(feature = "rustls-ring")]
mod tls;
#[cfg(feature = "tracing")]
mod tracing;
