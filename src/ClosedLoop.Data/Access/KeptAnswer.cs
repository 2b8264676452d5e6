namespace ClosedLoop.Data.Access;

/// <summary>What is known of a request that carried an <c>Idempotency-Key</c>.</summary>
/// <param name="Fingerprint">Of the request: method, path and what was sent.</param>
/// <param name="Status">HTTP status of the answer; <c>null</c> while the first one is under way.</param>
/// <param name="Body">Its body.</param>
public sealed record KeptAnswer(string Fingerprint, int? Status, string? Body);
