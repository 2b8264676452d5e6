using ClosedLoop.Liquid;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Compiles a content as it would be sent.</summary>
internal sealed class ContentJudge : IContentJudge
{
    public string? FaultOf(FrozenMailing content)
    {
        try
        {
            ContentCheck.Compile(content);
            return null;
        }
        catch (Exception e) when (e is LiquidException or InvalidDataException)
        {
            return e.Message;
        }
    }
}
