namespace ClosedLoop.Model.Orders;

/// <summary>Every key of XML Delivery. <c>docs/errors.md</c> lists the same, checked by a test; a new case gets a new key.</summary>
public static partial class OrderErrorCodes
{
    // Lazy, because the order in which static fields of several partial files are set is not defined.
    private static readonly Lazy<OrderErrorCode[]> Codes = new(Table);

    public static IReadOnlyList<OrderErrorCode> All => Codes.Value;

    /// <summary>The entry of a key as stored or written, or null when it is unknown.</summary>
    public static OrderErrorCode? Find(string key) => Array.Find(Codes.Value, code => code.Key == key);

    private static OrderErrorCode[] Table() =>
    [
        E01, E02, E03, E04, E05, E06, E07, E08, E09, E10, E11, E12, E13, E14, E15, E16, E17, E18, E19, E20, E99,
        W01, W02, W03, W04, W05, W06, W07, W08, W09, W10, W11, W12, W13, W14, W15, W16, W17,
    ];
}
