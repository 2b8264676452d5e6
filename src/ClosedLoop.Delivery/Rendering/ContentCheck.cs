using ClosedLoop.Delivery.Products;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Tells before sending whether a content can be rendered at all.</summary>
public static class ContentCheck
{
    private static readonly Uri Anywhere = new("http://tracking.invalid");

    /// <exception cref="LiquidException">A template cannot be parsed; the message says where.</exception>
    public static void Compile(FrozenMailing content)
    {
        ArgumentNullException.ThrowIfNull(content);
        _ = new CompiledMailing(ProductUse.For(content), new TrackingTokenCodec(new SigningKeys(SigningKey.Create(1))), Anywhere);
    }
}
