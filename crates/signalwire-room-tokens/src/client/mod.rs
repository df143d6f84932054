//! The async client.

mod batch;
mod builder;
mod call;
mod credentials;
mod endpoint;
mod failure;
mod handle;
mod http;
mod many;
mod observe;
mod options;
mod proxy;
mod response;
mod retry;
mod runtime;
mod space;
mod tls;

pub use self::builder::ClientBuilder;
pub use self::call::Call;
pub use self::handle::Client;
pub use self::many::CreateMany;
pub use self::space::{ParseSpaceError, Space};
