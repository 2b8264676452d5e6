namespace ClosedLoop.Model.Errors;

/// <summary>
/// Every code of the interface, in one place. <c>docs/errors.md</c> lists the same codes, checked by a test.
/// A code's meaning never changes; a new case gets a new code.
/// </summary>
public static partial class ErrorCodes
{
    // Lazy, because the order in which static fields of several partial files are set is not defined.
    private static readonly Lazy<Dictionary<string, ErrorCode>> ByCode = new(() => Table().ToDictionary(c => c.Code, StringComparer.Ordinal));

    public static IReadOnlyCollection<ErrorCode> All => ByCode.Value.Values;

    /// <summary>The entry of a code as stored or written, or null when the code is unknown.</summary>
    public static ErrorCode? Find(string code) => ByCode.Value.GetValueOrDefault(code);

    private static ErrorCode[] Table() =>
    [
        E101, E102, E103, E104, E105, E106, E108, E109, E110, E111, E112, E113, E199, E201, E202, E204, E205, E206,
        E301, E302, E303, E304, E305, E306, E308, E401, E402, E403, E404, E405, E406, E501, W151, W152, W153, W154, W155,
        W203, W207, W208, W209, W210, W308, W402, W403, W407, L600, L601, L602, L603, L604, L605, L606, R701, X801,
    ];
}
