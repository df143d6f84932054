//! The `room-token doctor` command. Its output contains no secrets, so users can paste it into bug reports.

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

/// Runs the checks in order. Later checks depend on the results of earlier ones.
async fn examine(args: &DoctorArgs) -> Report {
    let connection = &args.connection;
    let mut report = Report::default();
    variables::check(connection, &mut report);
    let space = variables::space(connection, &mut report);
    let client = match connection.client() {
        Ok(client) => client,
        Err(failure) => {
            // Don't report a missing variable or an invalid space twice.
            if report.exit() == Exit::Success {
                report.add(
                    Check::failed("client", Exit::Usage, failure.to_string())
                        .fix("correct the value named in the message"),
                );
            }
            if let Some(space) = space {
                network::connect(&space, &mut report).await;
            }
            return report;
        }
    };
    if let Some(route) = network::connect(client.space(), &mut report).await {
        // Don't retry by default, so that the report shows the service's current state.
        let max_retries = connection.max_retries.unwrap_or(0);
        network::probe(&client, route, max_retries, &mut report).await;
    }
    report
}
