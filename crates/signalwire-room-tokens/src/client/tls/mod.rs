//! The TLS backends, selected by the crate's features.

#[cfg(feature = "native-tls")]
mod native;
#[cfg(not(any(feature = "native-tls", feature = "rustls-ring", feature = "rustls-aws-lc")))]
mod none;
#[cfg(all(
    any(feature = "rustls-ring", feature = "rustls-aws-lc"),
    not(feature = "native-tls")
))]
mod rustls;

#[cfg(feature = "native-tls")]
pub(super) use self::native::configure;
#[cfg(not(any(feature = "native-tls", feature = "rustls-ring", feature = "rustls-aws-lc")))]
pub(super) use self::none::configure;
#[cfg(all(
    any(feature = "rustls-ring", feature = "rustls-aws-lc"),
    not(feature = "native-tls")
))]
pub(super) use self::rustls::configure;
