//! Errors: conversion of responses, retained details, redaction and messages.

mod api_errors;
mod construction;
mod redaction;
mod responses;
mod text;
