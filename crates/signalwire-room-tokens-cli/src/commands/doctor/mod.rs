//! `room-token doctor`: what is wrong with the set-up, step by step, in words that may go into a bug report.

mod network;
mod report;
mod variables;

use std::io;

use self::report::{Check, Report};
use crate::args::DoctorArgs;
use crate::exit::{Exit, Failure};
use crate::output;

pub(crate) async fn run(args: &DoctorArgs) -> Result<Exit, Failure> {
    let report = examine(args).await;
    if args.json {
        output::json(&mut io::stdout().lock(), &report)?;
    } else {
        report.write(&mut anstream::stdout().lock())?;
    }
    Ok(report.exit())
}

/// Each step needs what the step before found.
async fn examine(args: &DoctorArgs) -> Report {
    let connection = &args.connection;
    let mut report = Report::default();
    variables::check(connection, &mut report);
    let space = variables::space(connection, &mut report);
    let client = match connection.client() {
        Ok(client) => client,
        Err(failure) => {
            // A missing variable or a malformed space has been told already.
            if report.exit() == Exit::Done {
                report.add(Check::failed("client", Exit::Usage, failure.to_string()));
            }
            if let Some(space) = space {
                network::reach(&space, &mut report).await;
            }
            return report;
        }
    };
    if let Some(way) = network::reach(client.space(), &mut report).await {
        // A doctor tells what is, and does not wait for it to mend.
        let max_retries = connection.max_retries.unwrap_or(0);
        network::probe(&client, way, max_retries, &mut report).await;
    }
    report
}
