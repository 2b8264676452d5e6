namespace ClosedLoop.Testing.Doubles;

/// <summary>What a double does to one request in place of serving it.</summary>
/// <param name="Status">Status of the answer; 0 answers nothing.</param>
/// <param name="Body">Text of the answer.</param>
/// <param name="RetryAfter">Seconds in <c>Retry-After</c>; null for none.</param>
/// <param name="TakesIt">Serves the request, too, before it fails: what a lost answer is.</param>
internal sealed record DoubleFault(int Status, string Body = "", int? RetryAfter = null, bool TakesIt = false)
{
    /// <summary>Takes the request and ends the connection without an answer.</summary>
    public static DoubleFault LostAnswer { get; } = new(0, TakesIt: true);
}
