import './dialog.css';
import { Modal, type ModalProps } from '@/components/ui/modal';

/** A modal in the middle of the page. Its content stands in a `dialog-content`, its buttons in `dialog-buttons`. */
export const Dialog = ({ className, ...props }: ModalProps) => (
  <Modal className={`dialog ${className}`} {...props} />
);
