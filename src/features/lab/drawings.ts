/** The lab's file of drawings, for whoever wires the room. */

export { readDrawings } from '../../lab/drawingSet'
