namespace ClosedLoop.Delivery.Content.Codes;

/// <summary>A code of an order that fetches (xml-delivery spec section 10).</summary>
/// <param name="At">Position in the text, from 0.</param>
/// <param name="Length">With its marks.</param>
/// <param name="Url">What stands between them.</param>
/// <param name="IsFile">A picture that travels with the mail; else a text.</param>
/// <param name="MayBePersonal">Whether fields of the recipient may stand in the address.</param>
internal readonly record struct FetchingCode(int At, int Length, string Url, bool IsFile, bool MayBePersonal);
