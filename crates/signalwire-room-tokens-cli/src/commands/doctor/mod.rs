//! The `room-token doctor` command. Its output contains no secrets, so it can go into a bug report.

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

/// Runs the checks in order. Each check depends on the results of the previous ones.
async fn examine(args: &DoctorArgs) -> Report {
    let connection = &args.connection;
    let mut report = Report::default();
    variables::check(connection, &mut report);
    let space = variables::space(connection, &mut report);
    let client = match connection.client() {
        Ok(client) => client,
        Err(failure) => {
            // A missing variable or an invalid space is already in the report.
            if report.exit() == Exit::Success {
                report.add(
                    Check::failed("client", Exit::Usage, failure.to_string())
                        .fix("correct the value that the message names"),
                );
            }
            if let Some(space) = space {
                network::connect(&space, &mut report).await;
            }
            return report;
        }
    };
    if let Some(route) = network::connect(client.space(), &mut report).await {
        // Without retries, the report shows the current state of the service.
        let max_retries = connection.max_retries.unwrap_or(0);
        network::probe(&client, route, max_retries, &mut report).await;
    }
    report
}
