//! Sessions of signed-in users. They are kept in memory, so a restart signs everyone out. Running several
//! instances requires a shared store.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

/// All sessions, by key.
pub(crate) struct Sessions {
    lifetime: Duration,
    by_key: Mutex<HashMap<String, Session>>,
}

struct Session {
    user: String,
    ends: Instant,
}

impl Sessions {
    pub(crate) fn new(lifetime: Duration) -> Self {
        Self {
            lifetime,
            by_key: Mutex::default(),
        }
    }

    /// Starts a session and returns its key: 256 bits from the operating system's random number generator.
    pub(crate) fn begin(&self, user: &str) -> Result<String, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        let key = BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let now = Instant::now();
        let session = Session {
            user: user.to_owned(),
            ends: now + self.lifetime,
        };
        let mut by_key = self.lock();
        by_key.retain(|_, session| session.ends > now);
        by_key.insert(key.clone(), session);
        Ok(key)
    }

    /// Returns the session's user, or `None` if the session has ended or doesn't exist.
    pub(crate) fn user(&self, key: &str) -> Option<String> {
        let by_key = self.lock();
        let session = by_key.get(key)?;
        (session.ends > Instant::now()).then(|| session.user.clone())
    }

    /// Locks the sessions. Ignoring poisoning is safe because each change to the map is a single call.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        self.by_key.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

// Implemented manually so that `Debug` doesn't print session keys.
impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").finish_non_exhaustive()
    }
}
