using System.Runtime.InteropServices;

namespace ClosedLoop.Data.Products;

/// <summary>How much there is of one kind of product data.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Bytes">Bytes of their bodies.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ProductCounts(long Rows, long Bytes);
