/// The version of the program, which certificates, cases and digests carry.
public let flowcheckVersion = "0.2.0"
