namespace ClosedLoop.Mail.Sink;

/// <summary>A message the sink took, as handed to <see cref="SmtpSinkOptions.Received"/>.</summary>
/// <param name="Record">Its line in the ledger.</param>
/// <param name="Raw">The message as it came, dot-stuffing removed. A copy: it may be kept.</param>
/// <param name="Chunks">Chunks it came in (RFC 3030); 0 when it came by DATA.</param>
public sealed record SinkMessage(SinkRecord Record, ReadOnlyMemory<byte> Raw, int Chunks);
